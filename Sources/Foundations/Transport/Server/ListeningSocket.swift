// curl.h brings the socket headers, whose names the static Glibc module then leaves to it.
import CCurl
import Glibc

/// A Unix socket that listens, readable and writable by its owner alone.
enum ListeningSocket {
  /// The descriptor. Throws `.badAddress` for a name that is too long, `.io` if something listens
  /// there already, something else than a socket stands there, or the system refuses.
  static func unix(path: String) throws(TransportError) -> Int32 {
    let short = try UnixSocketPath(path)
    var address = short.address
    try removeStale(path, &address)
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw failure(path) }
    // Linux gives the file the mode of the socket: it never exists with a wider one.
    guard fchmod(descriptor, 0o600) == 0,
      withSocketAddress(&address, { Glibc.bind(descriptor, $0, $1) }) == 0,
      listen(descriptor, 128) == 0
    else {
      let error = failure(path)
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func removeStale(
    _ path: String, _ address: inout sockaddr_un
  ) throws(TransportError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .io("\(path) is not a socket") }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(probe) }
    let isServed = withSocketAddress(&address) { connect(probe, $0, $1) } == 0
    guard !isServed, errno == ECONNREFUSED else {
      throw .io("\(path) is in use by another process")
    }
    guard unlink(path) == 0 else { throw failure(path) }
  }

  private static func failure(_ path: String) -> TransportError {
    .io("\(path): \(String(cString: strerror(errno)))")
  }
}

/// Gives a socket address to a C call in the general type that it takes.
func withSocketAddress<Address, Result>(
  _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<Address>.size))
    }
  }
}
