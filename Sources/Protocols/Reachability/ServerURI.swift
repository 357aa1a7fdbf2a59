import Glibc

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

/// An IP address and a port, as a STUN server sees this machine.
public struct SocketAddress: Sendable, Equatable, CustomStringConvertible {
  /// 4 or 16 bytes.
  public let host: [UInt8]
  /// Of UDP.
  public let port: UInt16

  /// An address of 4 or 16 bytes.
  public init(host: [UInt8], port: UInt16) {
    self.host = host
    self.port = port
  }

  /// `192.0.2.1:5000` or `[2001:db8::1]:5000`.
  public var description: String {
    let isIPv6 = host.count == 16
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard host.count == 4 || isIPv6,
      inet_ntop(isIPv6 ? AF_INET6 : AF_INET, host, &text, socklen_t(text.count)) != nil
    else { return "?" }
    let name = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return isIPv6 ? "[\(name)]:\(port)" : "\(name):\(port)"
  }
}
