import Glibc

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
