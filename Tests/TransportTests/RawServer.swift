import Cryptography
import Dispatch
import Glibc
import Synchronization
import TestSupport

/// A TCP server that says exactly what a test tells it to, well-behaved or not. Each accepted
/// connection runs the script on a thread of its own; reads give up after a minute.
final class RawServer: Sendable {
  let port: UInt16
  private let listening: Int32

  init(backlog: Int32 = 16, script: (@Sendable (RawPeer) -> Void)?) {
    listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listening = listening
    port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listening, pointer, length)
        listen(listening, backlog)
        getsockname(listening, pointer, &length)
      }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
    guard let script else { return }
    Thread.detach {
      while true {
        let descriptor = accept(listening, nil, nil)
        guard descriptor >= 0 else { return }
        Thread.detach {
          let peer = RawPeer(descriptor)
          script(peer)
          peer.close()
        }
      }
    }
  }

  deinit {
    shutdown(listening, Int32(SHUT_RDWR))
    close(listening)
  }

  var url: String { "ws://127.0.0.1:\(port)/" }
}

/// One accepted connection of a `RawServer`, used from its thread.
final class RawPeer {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  /// A connection to a server on this machine; nil if there is none.
  convenience init?(connectingTo port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    self.init(descriptor)
    guard code == 0 else {
      close()
      return nil
    }
  }

  /// Passes bytes both ways until either side ends, then ends both.
  func pump(with other: RawPeer) {
    let (mine, theirs) = (descriptor, other.descriptor)
    let isDone = DispatchSemaphore(value: 0)
    Thread.detach {
      RawPeer.copy(from: mine, to: theirs)
      isDone.signal()
    }
    RawPeer.copy(from: theirs, to: mine)
    isDone.wait()
    close()
  }

  private static func copy(from source: Int32, to target: Int32) {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = recv(source, &buffer, buffer.count, 0)
      guard count > 0, send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
    }
    shutdown(source, Int32(SHUT_RDWR))
    shutdown(target, Int32(SHUT_RDWR))
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) { send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

  /// At most `count` bytes; fewer only at the end of the stream or its time.
  func read(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let part = bytes.withUnsafeMutableBytes { buffer in
        recv(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, 0)
      }
      guard part > 0 else { break }
      filled += part
    }
    return Array(bytes.prefix(filled))
  }

  /// Says that nothing more comes. Closing could be a reset: the other side's ping may lie unread.
  func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Waits until the other side ends the connection; false if it does not in time.
  func awaitEnd() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count == 0 { return true }
      if count < 0 { return errno == ECONNRESET }
    }
  }

  /// The request's head, up to and including the empty line.
  func readHead() -> String {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      let byte = read(1)
      guard !byte.isEmpty else { break }
      head += byte
    }
    return String(decoding: head, as: UTF8.self)
  }

  /// A correct answer to the handshake in `head`.
  static func acceptance(of head: String) -> String {
    let key =
      head.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") }?
      .dropFirst("Sec-WebSocket-Key: ".count) ?? ""
    let proof = Digest.sha1.hash((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
    return "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: Upgrade\r\n"
      + "sec-websocket-accept: \(Base64.encode(proof))\r\n\r\n"
  }

  func close() { Glibc.close(descriptor) }
}

/// A value that a thread hands to a test.
final class Promise<Value: Sendable>: Sendable {
  private let state = Mutex<(value: Value?, waiter: CheckedContinuation<Value, Never>?)>((nil, nil))

  func keep(_ value: Value) {
    let waiter = state.withLock { state in
      state.value = value
      return state.waiter
    }
    waiter?.resume(returning: value)
  }

  var value: Value {
    get async {
      await withCheckedContinuation { continuation in
        let value = state.withLock { state in
          if state.value == nil { state.waiter = continuation }
          return state.value
        }
        if let value { continuation.resume(returning: value) }
      }
    }
  }
}
