import Glibc

/// An open file of an attachment, read or written from its start to its end.
final class AttachmentFile: Sendable {
  /// In bytes, when it was opened.
  let size: Int
  private let path: String
  private let descriptor: Int32
  private let limit: Int

  /// Opens a regular file of at most `limit` bytes; it must not grow beyond them while it is read.
  init(reading path: String, limit: Int) throws(TextSecureError) {
    // Non-blocking, since the opening of a pipe would wait for its other end.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw AttachmentFile.failure(path) }
    var status = stat()
    let isFile = fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    (descriptor, self.path, self.limit, size) = (file, path, limit, Int(status.st_size))
    guard isFile else { throw .file("\(path) is no file") }
    guard size <= limit else { throw .tooLarge(limit: limit) }
  }

  private init(creating path: String) throws(TextSecureError) {
    descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    (self.path, limit, size) = (path, 0, 0)
    guard descriptor >= 0 else { throw AttachmentFile.failure(path) }
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  /// A new file, which only its owner can read, with what `fill` writes. If that or the disk fails
  /// there is no file; one that is there already is an error and stays as it is.
  static func create(
    _ path: String, fill: (AttachmentFile) async throws(TextSecureError) -> Void
  ) async throws(TextSecureError) {
    let file = try AttachmentFile(creating: path)
    do throws(TextSecureError) {
      try await fill(file)
      guard fsync(file.descriptor) == 0 else { throw failure(path) }
    } catch {
      remove(path)
      throw error
    }
  }

  /// The next `count` bytes, fewer only at the end.
  func read(atMost count: Int) throws(TextSecureError) -> [UInt8] {
    var failed = false
    let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let length = Glibc.read(descriptor, buffer.baseAddress.map { $0 + done }, count - done)
        if length < 0, errno == EINTR { continue }
        failed = length < 0
        guard length > 0 else { break }
        done += length
      }
    }
    guard !failed else { throw AttachmentFile.failure(path) }
    guard lseek(descriptor, 0, SEEK_CUR) <= limit else { throw .tooLarge(limit: limit) }
    return piece
  }

  /// Back to the start.
  func rewind() throws(TextSecureError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw AttachmentFile.failure(path) }
  }

  /// Writes behind what is there.
  func write(_ bytes: [UInt8]) throws(TextSecureError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw AttachmentFile.failure(path) }
      done += count
    }
  }

  /// A file that is gone already is as good.
  static func remove(_ path: String) { unlink(path) }

  /// The system's last error.
  static func failure(_ path: String) -> TextSecureError {
    .file("\(path): \(String(cString: strerror(errno)))")
  }
}
