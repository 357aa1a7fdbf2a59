// curl.h brings the socket headers, whose names the static Glibc module then leaves to it.
import CCurl
import Glibc

/// The opening of a datagram socket, on a thread of its own: looking a name up blocks, and must hold up
/// neither connections nor tasks.
final class DatagramOpening: Sendable {
  typealias Waiter = CheckedContinuation<Result<Int32, TransportError>, Never>

  private let host: String
  private let port: UInt16
  private let waiter: Waiter

  private init(_ host: String, _ port: UInt16, _ waiter: Waiter) {
    self.host = host
    self.port = port
    self.waiter = waiter
  }

  /// A connected socket that does not block; it cannot be cut short.
  ///
  /// Throws `.nameNotResolved`, or `.io` when the system refuses.
  static func open(_ host: String, port: UInt16) async throws(TransportError) -> Int32 {
    let opened = await withCheckedContinuation { waiter in
      let opening = Unmanaged.passRetained(DatagramOpening(host, port, waiter))
      var thread = pthread_t()
      guard pthread_create(&thread, nil, datagramOpeningMain, opening.toOpaque()) == 0 else {
        opening.release()
        return waiter.resume(returning: .failure(.io("the system gives no thread")))
      }
      pthread_detach(thread)
    }
    return try opened.get()
  }

  fileprivate func run() {
    waiter.resume(returning: Result { () throws(TransportError) in try open() })
  }

  /// For the first address to which there is a way.
  private func open() throws(TransportError) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0 else {
      throw .nameNotResolved("\(host): \(String(cString: gai_strerror(code)))")
    }
    defer { freeaddrinfo(found) }
    let flags = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    var reason = "no address"
    var next = found
    while let address = next?.pointee {
      let descriptor = socket(address.ai_family, flags, 0)
      if descriptor >= 0, connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 {
        return descriptor
      }
      reason = String(cString: strerror(errno))
      if descriptor >= 0 { Glibc.close(descriptor) }
      next = address.ai_next
    }
    throw .io("\(host): \(reason)")
  }
}

private func datagramOpeningMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument {
    Unmanaged<DatagramOpening>.fromOpaque(argument).takeRetainedValue().run()
  }
  return nil
}
