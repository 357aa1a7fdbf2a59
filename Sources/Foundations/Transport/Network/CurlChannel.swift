import CCurl

/// A connection that curl made (`CURLOPT_CONNECT_ONLY`), TLS and proxies included.
final class CurlChannel: ByteChannel {
  let descriptor: Int32
  private let handle: CurlHandle
  private var release: (() -> Void)?
  /// TLS demands that a write that would have blocked is repeated from the same place.
  private let pending = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 1)
  private var pendingCount = 0

  /// `release` takes the handle out of curl, which closes the connection.
  init(handle: CurlHandle, descriptor: Int32, release: @escaping () -> Void) {
    self.handle = handle
    self.descriptor = descriptor
    self.release = release
  }

  deinit { pending.deallocate() }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> ChannelProgress {
    var count = 0
    let code = curl_easy_recv(handle.raw, buffer.baseAddress, buffer.count, &count)
    if code == CURLE_OK { return count == 0 ? .end : .bytes(count) }
    return failure(code)
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> ChannelProgress {
    if pendingCount == 0 {
      let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(pending.count))
      pending.copyMemory(from: part)
      pendingCount = part.count
    }
    var count = 0
    let code = curl_easy_send(handle.raw, pending.baseAddress, pendingCount, &count)
    guard code == CURLE_OK else { return failure(code) }
    pendingCount = 0
    return count == 0 ? .wouldBlock : .bytes(count)
  }

  func prepareReset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }

  func close() {
    release?()
    release = nil
  }

  private func failure(_ code: CURLcode) -> ChannelProgress {
    if code == CURLE_AGAIN { return .wouldBlock }
    let text = handle.text(for: code)
    // OpenSSL's words for a peer that ends TLS without saying so.
    if text.contains("unexpected eof") { return .end }
    return switch handle.closure(text) {
    case .reset: .reset
    case .endOfFile: .end
    default: .failed(text)
    }
  }
}
