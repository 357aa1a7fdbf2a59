import Glibc

/// A file that a person has named, read from its start to its end. This is the only way in: whatever
/// lies at the path, opening it neither waits nor changes anything there.
public final class NamedFile: Sendable {
  /// In bytes, when it was opened.
  public let size: Int
  let path: String
  let descriptor: Int32
  let limit: Int

  /// Opens an ordinary file, or a symlink to one, of at most `limit` bytes; it must not grow beyond
  /// them while it is read.
  ///
  /// - Parameter takesEmpty: whether one without a byte will do.
  public init(_ path: String, limit: Int, takesEmpty: Bool = true) throws(FileError) {
    // Non-blocking, since the opening of a pipe would wait for its other end.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileError(errno, path) }
    var status = stat()
    let isKnown = fstat(file, &status) == 0
    (descriptor, self.path, self.limit, size) = (file, path, limit, Int(status.st_size))
    guard isKnown else { throw FileError(errno, path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .directory(path)
    default: throw .notOrdinary(path)
    }
    guard size <= limit else { throw .tooLarge(path, size: size, limit: limit) }
    guard !takesEmpty, size == 0 else { return }
    // Not every file that says so has nothing in it: those of the system itself have no size.
    guard try !read(atMost: 1).isEmpty else { throw .empty(path) }
    try rewind()
  }

  deinit { Glibc.close(descriptor) }

  /// The next `count` bytes, fewer only at the end.
  public func read(atMost count: Int) throws(FileError) -> [UInt8] {
    var failure: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let length = Glibc.read(descriptor, buffer.baseAddress.map { $0 + done }, count - done)
        if length < 0, errno == EINTR { continue }
        if length < 0 { failure = errno }
        guard length > 0 else { break }
        done += length
      }
    }
    guard failure == 0 else { throw FileError(failure, path) }
    try checkPlace()
    return piece
  }

  /// Back to the start.
  public func rewind() throws(FileError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileError(errno, path) }
  }

  /// The next piece, after others had their turn; nil at the end.
  public func next(atMost count: Int = NamedFile.pieceSize) async throws(FileError) -> [UInt8]? {
    await Task.yield()
    guard !Task.isCancelled else { throw .cancelled }
    let piece = try read(atMost: count)
    return piece.isEmpty ? nil : piece
  }

  /// How many bytes are worked on before others have their turn.
  public static let pieceSize = 256 << 10

  /// It must not have grown beyond the limit as far as it was read.
  func checkPlace() throws(FileError) {
    let place = Int(lseek(descriptor, 0, SEEK_CUR))
    guard place <= limit else { throw .tooLarge(path, size: place, limit: limit) }
  }
}

extension NamedFile {
  /// How many bytes the system copies in one call: a copy that was given up ends after them.
  private static let copiedAtOnce = 8 << 20

  /// Copies all of it into a new file, which only its owner can read. After an error, or when the task
  /// is cancelled, there is none.
  ///
  /// A file system that can lets both share their bytes, which takes no time and no room.
  public func copy(to path: String) async throws(FileError) {
    guard !Task.isCancelled else { throw .cancelled }
    try await NewFile.create(path) { copy async throws(FileError) in
      if copy.shareBytes(of: self) { return try self.checkSize(of: copy) }
      try NewFile.checkSpace(for: self.size, beside: path)
      while try copy.append(atMost: NamedFile.copiedAtOnce, of: self) {
        try self.checkPlace()
        await Task.yield()
        guard !Task.isCancelled else { throw .cancelled }
      }
      // What is left, which is all of it where the system does not copy.
      while let piece = try await self.next() { try copy.write(piece) }
    }
  }

  private func checkSize(of copy: NewFile) throws(FileError) {
    guard copy.size <= limit else { throw .tooLarge(path, size: copy.size, limit: limit) }
  }
}

/// The size of a file.
public enum FileSize {
  /// In bytes; nil if there is no such file.
  public static func of(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }
}
