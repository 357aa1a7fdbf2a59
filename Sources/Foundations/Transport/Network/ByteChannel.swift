import CCurl
import Glibc

/// A connected, non-blocking stream of bytes: curl's or a plain socket. Used on the network thread.
protocol ByteChannel: AnyObject {
  var descriptor: Int32 { get }
  /// Reads what is there; must be repeated until `.wouldBlock` before polling, TLS may hold bytes.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> ChannelProgress
  func write(_ bytes: UnsafeRawBufferPointer) -> ChannelProgress
  /// Makes `close` send a reset instead of an orderly end.
  func prepareReset()
  func close()
}

/// What one read or write came to.
enum ChannelProgress: Equatable {
  /// This many bytes, at least one.
  case bytes(Int)
  case wouldBlock
  case end
  case reset
  case failed(String)
}

// An optimised build sees the constants of <sys/socket.h> through this module alone.

/// A socket that the HTTP server handed over after an upgrade.
final class SocketChannel: ByteChannel {
  let descriptor: Int32
  private var release: (() -> Void)?

  /// `release` gives the socket back to its owner, who closes it.
  init(descriptor: Int32, release: @escaping () -> Void) {
    self.descriptor = descriptor
    self.release = release
  }

  /// Makes a socket send at once: otherwise Nagle's algorithm and delayed acknowledgements cost
  /// 40 ms a message. Fails on Unix sockets, which do not wait anyway.
  static func sendAtOnce(_ descriptor: Int32) {
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// The literal address at the other end of a socket; nil if it is no internet address.
  static func peer(of descriptor: Int32) -> String? {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &address) { storage in
      storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        guard getpeername(descriptor, pointer, &size) == 0 else { return nil as String? }
        return SocketChannel.text(of: pointer, size)
      }
    }
  }

  /// A socket address as a literal; nil if it is no internet address.
  static func text(of address: UnsafePointer<sockaddr>, _ size: socklen_t) -> String? {
    let family = Int32(address.pointee.sa_family)
    guard family == AF_INET || family == AF_INET6 else { return nil }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard getnameinfo(address, size, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
    else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> ChannelProgress {
    let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
    return count == 0 ? .end : SocketChannel.progress(count)
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> ChannelProgress {
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    return SocketChannel.progress(Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags))
  }

  func prepareReset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }

  func close() {
    release?()
    release = nil
  }

  private static func progress(_ count: Int) -> ChannelProgress {
    if count >= 0 { return .bytes(count) }
    switch errno {
    case EAGAIN, EINTR: return .wouldBlock
    case ECONNRESET: return .reset
    // A write after the peer's orderly end: had it been a reset, that would have been the error.
    case EPIPE: return .end
    case let code: return .failed(String(cString: strerror(code)))
    }
  }
}
