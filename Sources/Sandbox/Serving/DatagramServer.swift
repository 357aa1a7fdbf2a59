import Dispatch
import Glibc

/// A UDP socket of 127.0.0.1 that answers each datagram or leaves it.
final class DatagramServer: Sendable {
  /// Who sent a datagram.
  struct Peer: Sendable {
    /// Four bytes.
    let address: [UInt8]
    let port: UInt16
  }

  let port: UInt16
  /// Sources may be used from any thread; this one is never replaced.
  private nonisolated(unsafe) let source: any DispatchSourceRead

  /// Listens on `port`, 0 for a free one. `answer` is called on one thread, a datagram at a time.
  init(
    port: UInt16, answer: @escaping @Sendable ([UInt8], Peer) -> [UInt8]?
  ) throws(SandboxError) {
    let descriptor = socket(
      AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound =
      descriptor >= 0
      && DatagramServer.general(&address) { bind(descriptor, $0, length) } == 0
      && DatagramServer.general(&address) { getsockname(descriptor, $0, &length) } == 0
    guard isBound else {
      let reason = "UDP: \(String(cString: strerror(errno)))."
      if descriptor >= 0 { close(descriptor) }
      throw port == 0 ? .transport(.io(reason)) : .cannotListen(port, .io(reason))
    }
    self.port = UInt16(bigEndian: address.sin_port)
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "sandbox.udp"))
    source.setEventHandler { DatagramServer.serve(descriptor, answer) }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  deinit { source.cancel() }

  func stop() { source.cancel() }

  private static func serve(_ descriptor: Int32, _ answer: ([UInt8], Peer) -> [UInt8]?) {
    var buffer = [UInt8](repeating: 0, count: 2048)
    while true {
      var sender = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let capacity = buffer.count
      let count = general(&sender) { recvfrom(descriptor, &buffer, capacity, 0, $0, &length) }
      guard count >= 0 else { return }
      let peer = Peer(
        address: withUnsafeBytes(of: sender.sin_addr.s_addr, Array.init),
        port: UInt16(bigEndian: sender.sin_port))
      guard let reply = answer(Array(buffer.prefix(count)), peer) else { continue }
      // A datagram may be lost: nobody is told.
      _ = general(&sender) { sendto(descriptor, reply, reply.count, 0, $0, length) }
    }
  }

  /// The address in the general type that the socket calls take.
  private static func general<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
  }
}
