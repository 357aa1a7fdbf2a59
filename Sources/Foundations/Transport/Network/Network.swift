import Cryptography

/// The network thread: one loop that owns every outgoing and incoming connection of the process.
///
/// The thread starts with the first connection, so that a program that paints first pays for TLS
/// and curl later. It ends when the network and all its connections have been released.
///
/// Proxies come from the usual environment variables (`https_proxy`, `all_proxy`, `no_proxy`; HTTP
/// and SOCKS), except for plain-text connections, which never leave the machine. TLS is 1.2 or
/// newer and always verified.
public final class Network: Sendable {
  let thread = NetworkThread()
  let random: any RandomSource = SystemRandom()
  let proxy: String?

  /// Nothing is started or loaded yet.
  public init() { proxy = nil }

  /// Goes through `proxy` (`http://…`, `socks5h://…`) whatever the environment says.
  init(proxy: String) { self.proxy = proxy }

  deinit { thread.stop() }
}

extension Address {
  /// Plain text stays on this machine: loopback addresses and Unix sockets.
  func checkSecurity(unixSocketPath: String?) throws(TransportError) {
    guard isSecure || isLoopback || unixSocketPath != nil else { throw .insecure(host) }
  }
}
