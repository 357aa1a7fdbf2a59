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
