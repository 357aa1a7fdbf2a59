import Glibc

/// A small file that somebody wrote, and of which we change a part.
public enum RewrittenFile {
  /// Puts what `change` makes of a file's bytes in the place of the file, all at once: whoever reads it
  /// meanwhile, or after the power has gone, finds the one or the other. Where a link leads to it, the
  /// link stays. Its permissions stay too; a file that was not there is for its owner's eyes only, and
  /// so are the directories made for it.
  public static func change(
    _ path: String, _ change: ([UInt8]) throws(FileError) -> [UInt8]
  ) throws(FileError) {
    let target = try resolved(path)
    var status = stat()
    let isThere = stat(target, &status) == 0
    if !isThere, errno != ENOENT { throw FileError(errno, path) }
    var before: [UInt8] = []
    if isThere {
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notOrdinary(path) }
      // A new file could take its place all the same: who wrote it does not want that.
      guard status.st_mode & 0o222 != 0, access(target, W_OK) == 0 else { throw .forbidden(path) }
      before = try NamedStream.contents(of: target, limit: 1 << 20)
    } else {
      try makeDirectory(String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)]))
    }
    let after = try change(before)
    // Others may write it at the same time: each by a file of its own.
    let temporary = "\(target).\(String(UInt32.random(in: .min ... .max), radix: 36))"
    try DurableFile.put(
      after, at: target, by: temporary, mode: isThere ? status.st_mode & 0o7777 : 0o600)
  }

  /// Where links lead; the path itself where nothing is there.
  private static func resolved(_ path: String) throws(FileError) -> String {
    if let found = realpath(path, nil) {
      defer { free(found) }
      return String(cString: found)
    }
    let number = errno
    var status = stat()
    // A link that leads nowhere is not written through: nobody knows what was meant to be there.
    guard number == ENOENT, lstat(path, &status) != 0 else { throw FileError(number, path) }
    return path.hasPrefix("/") ? path : "./" + path
  }

  /// With those above it.
  static func makeDirectory(_ path: String) throws(FileError) {
    guard !path.isEmpty, access(path, F_OK) != 0 else { return }
    try makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(errno, path) }
  }
}
