import Glibc
import Synchronization
import Testing

/// A UDP server on loopback that answers each datagram with what its script returns.
final class DatagramServer: Sendable {
  typealias Script = @Sendable (_ datagram: [UInt8], _ number: Int) -> [[UInt8]]

  let port: UInt16
  private let descriptor: Int32
  private let script: Script
  private let received = Mutex<[[UInt8]]>([])

  init(_ script: @escaping Script) throws {
    self.script = script
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    try #require(isBound)
    var thread = pthread_t()
    let me = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<DatagramServer>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, me)
    pthread_detach(thread)
  }

  var datagrams: [[UInt8]] { received.withLock { $0 } }

  /// An empty datagram ends the server.
  func stop() {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, nil, 0, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private func run() {
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var sender = sockaddr_storage()
      var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let (count, replies) = withUnsafeMutablePointer(to: &sender) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          let count = recvfrom(descriptor, &buffer, buffer.count, 0, address, &size)
          guard count > 0 else { return (count, 0) }
          let datagram = Array(buffer[..<count])
          let number = received.withLock { list in
            list.append(datagram)
            return list.count
          }
          let replies = script(datagram, number)
          for reply in replies { sendto(descriptor, reply, reply.count, 0, address, size) }
          return (count, replies.count)
        }
      }
      if count == 0 || (count < 0 && errno != EINTR) { return }
      _ = replies
    }
  }
}
