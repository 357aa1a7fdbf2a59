import Glibc

/// A URL taken apart strictly, so that what is checked is exactly what is connected to.
struct Address: Equatable {
  let isSecure: Bool
  /// Without the brackets of an IPv6 literal.
  let host: String
  let port: UInt16
  /// Path and query as written; at least "/".
  let target: String

  /// Reads `text` with one of the two schemes. Throws `.badAddress` for anything unclear, user
  /// names and fragments' hosts included.
  init(_ text: String, plain: String, secure: String) throws(TransportError) {
    let bad = TransportError.badAddress(text)
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://")
    else { throw bad }
    switch text[..<colon].lowercased() {
    case plain: isSecure = false
    case secure: isSecure = true
    default: throw bad
    }
    let rest = text[colon...].dropFirst(3)
    let end = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    guard let (host, port) = Address.authority(rest[..<end]) else { throw bad }
    self.host = host
    self.port = port ?? (isSecure ? 443 : 80)
    let target = rest[end...].prefix { $0 != "#" }
    guard !target.contains("\\"), self.port != 0 else { throw bad }
    self.target = target.hasPrefix("/") ? String(target) : "/" + target
  }

  /// Whether the host can only be this machine: `localhost`, 127.0.0.0/8 or ::1, written out.
  var isLoopback: Bool {
    host.lowercased() == "localhost" || ListenAddress.isLoopback(host)
  }

  /// The `Host` field: the port only where it is not the scheme's own.
  var hostField: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// The same address as curl is given it.
  var url: String { "\(isSecure ? "https" : "http")://\(hostField)\(target)" }

  private static func authority(_ text: Substring) -> (host: String, port: UInt16?)? {
    let host: Substring
    var rest: Substring
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else { return nil }
      host = text[..<bracket].dropFirst()
      rest = text[bracket...].dropFirst()
      var literal = in6_addr()
      guard inet_pton(AF_INET6, String(host), &literal) == 1 else { return nil }
    } else {
      host = text.prefix { $0 != ":" }
      rest = text[host.endIndex...]
      let allowed = host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
      guard allowed, !host.isEmpty else { return nil }
    }
    guard !rest.isEmpty else { return (String(host), nil) }
    guard rest.removeFirst() == ":", rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = UInt16(rest)
    else { return nil }
    return (String(host), port)
  }
}
