/// Where a STUN or TURN server is: `stun:host:port`, `turn:host:port?transport=udp` (RFC 7064, RFC
/// 7065).
struct ServerURI: Equatable {
  var host: String
  var port: UInt16

  /// - Throws: `badAddress` for what is none, `unsupported` for TLS and TCP.
  init(_ text: String, scheme: String) throws(ReachabilityError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .badAddress }
    let name = parts[0].lowercased()
    guard name == scheme || name == scheme + "s" else { throw .badAddress }
    let rest = parts[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let isUDP = rest.count < 2 || rest[1].lowercased() == "transport=udp"
    guard name == scheme, isUDP else { throw .unsupported }
    let authority = rest[0]
    let port: Substring?
    if authority.hasPrefix("[") {
      guard let bracket = authority.firstIndex(of: "]") else { throw .badAddress }
      host = String(authority[..<bracket].dropFirst())
      let tail = authority[bracket...].dropFirst()
      guard tail.isEmpty || tail.hasPrefix(":") else { throw .badAddress }
      port = tail.isEmpty ? nil : tail.dropFirst()
    } else {
      let pieces = authority.split(separator: ":", omittingEmptySubsequences: false)
      guard pieces.count <= 2 else { throw .badAddress }
      host = String(pieces.first ?? "")
      port = pieces.count == 2 ? pieces[1] : nil
    }
    self.port = port.map { UInt16($0) ?? 0 } ?? 3478
    guard self.port > 0, Self.isName(host) else { throw .badAddress }
  }

  private static func isName(_ host: String) -> Bool {
    (1...253).contains(host.utf8.count)
      && host.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-.:".contains($0))
      }
  }
}
