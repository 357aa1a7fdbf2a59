import Glibc

/// A new file that takes the body of a request or an answer, written piece by piece.
final class BodyFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// Throws `.file`, also when there is a file of this name.
  init(creating path: String) throws(TransportError) {
    // A local until nothing can fail: an initialiser that throws later would run `deinit` as well.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw BodyFile.failure(path) }
    self.path = path
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Writes behind what is there; throws `.file`.
  func append(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw BodyFile.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Takes the file away, if it still has its name; a transfer that has not yet ended writes into
  /// nothing.
  func remove() { unlink(path) }

  private static func failure(_ path: String) -> TransportError {
    .file("\(path): \(String(cString: strerror(errno)))")
  }
}
