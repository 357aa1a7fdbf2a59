import Glibc

/// A client that says what it likes, from any loopback address, and at its own pace.
public final class RawClient: Sendable {
  private let descriptor: Int32

  /// - Parameter address: where it comes from.
  public init(port: Int, from address: String = "127.0.0.1") throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    func end(_ address: String, _ port: Int) -> sockaddr_in {
      var end = sockaddr_in()
      end.sin_family = sa_family_t(AF_INET)
      end.sin_port = UInt16(port).bigEndian
      inet_pton(AF_INET, address, &end.sin_addr)
      return end
    }
    func call(
      _ end: sockaddr_in, _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Bool {
      withUnsafePointer(to: end) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
    }
    self.descriptor = descriptor
    guard call(end(address, 0), bind), call(end("127.0.0.1", port), connect) else {
      throw Missed("a connection from \(address)")
    }
  }

  deinit { close(descriptor) }

  /// False if the connection is gone.
  @discardableResult
  public func send(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// The status of the next answer; nil if the connection ends first. Waits for a minute at most.
  public func status() async -> Int? { await onThread { $0.readStatus() } }

  /// Whether the server ends the connection before it has been silent for so many milliseconds.
  public func hasEnded(within limit: Int32 = 60_000) async -> Bool {
    await onThread { $0.readToEnd(within: limit) }
  }

  /// Reading blocks: two of these on Swift's own threads would leave a small machine none.
  private func onThread<Value: Sendable>(
    _ body: @escaping @Sendable (RawClient) -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detach { continuation.resume(returning: body(self)) }
    }
  }

  private func readStatus() -> Int? {
    var text: [UInt8] = []
    while text.count < 12 {
      guard let more = read(), !more.isEmpty else { return nil }
      text += more
    }
    return Int(String(decoding: text[9..<12], as: UTF8.self))
  }

  private func readToEnd(within limit: Int32) -> Bool {
    while let more = read(within: limit) { if more.isEmpty { return false } }
    return true
  }

  /// Nothing after `limit` milliseconds without a byte; nil at the end.
  private func read(within limit: Int32 = 60_000) -> [UInt8]? {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, limit) == 1 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
