import CMicroHTTPD
import Glibc

/// How a daemon begins to listen.
extension HTTPDaemon {
  func listen(_ settings: inout cmhd_configuration) throws(TransportError) -> OpaquePointer {
    if let path = configuration.unixSocketPath {
      settings.listening = try ListeningSocket.unix(path: path)
      return try launch(&settings, isIPv6: false)
    }
    var four = sockaddr_in()
    if inet_pton(AF_INET, configuration.address, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = configuration.port.bigEndian
      return try launch(&settings, at: &four, isIPv6: false)
    }
    var six = sockaddr_in6()
    guard inet_pton(AF_INET6, configuration.address, &six.sin6_addr) == 1 else {
      throw .badAddress(configuration.address)
    }
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = configuration.port.bigEndian
    return try launch(&settings, at: &six, isIPv6: true)
  }

  private func launch<Address>(
    _ settings: inout cmhd_configuration, at address: inout Address, isIPv6: Bool
  ) throws(TransportError) -> OpaquePointer {
    let outcome = withSocketAddress(&address) { pointer, _ in
      settings.address = pointer
      return Result { () throws(TransportError) in try launch(&settings, isIPv6: isIPv6) }
    }
    return try outcome.get()
  }

  private func launch(
    _ settings: inout cmhd_configuration, isIPv6: Bool
  ) throws(TransportError) -> OpaquePointer {
    var flags =
      MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_UPGRADE.rawValue
      | MHD_ALLOW_SUSPEND_RESUME.rawValue
    if isIPv6 { flags |= MHD_USE_IPv6.rawValue }
    errno = 0
    let daemon: OpaquePointer?
    if let tls = configuration.tls {
      flags |= MHD_USE_TLS.rawValue
      daemon = tls.privateKey.withCString { key in
        tls.certificate.withCString { certificate in
          settings.key = key
          settings.certificate = certificate
          return cmhd_start(flags, &settings)
        }
      }
    } else {
      daemon = cmhd_start(flags, &settings)
    }
    if let daemon { return daemon }
    let code = errno
    if settings.listening >= 0 { close(settings.listening) }
    guard code != 0 || configuration.tls == nil else {
      throw .tls("the server's certificate or key cannot be used")
    }
    throw .io("cannot listen: \(String(cString: strerror(code)))")
  }
}
