import Glibc

/// A new file that takes the body of an answer, written piece by piece.
final class DownloadFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Throws `.io`, also when there is a file of this name.
  init(creating path: String) throws(TransportError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes behind what is there; throws `.io`.
  func append(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure }
      rest = rest.dropFirst(count)
    }
  }

  /// Takes the file away; a transfer that has not yet ended writes into nothing.
  func remove() { unlink(path) }

  private var failure: TransportError { .io("\(path): \(String(cString: strerror(errno)))") }
}
