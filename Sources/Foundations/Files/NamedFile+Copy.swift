import Glibc

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
