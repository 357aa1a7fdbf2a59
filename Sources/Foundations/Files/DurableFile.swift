import Glibc

/// A small file that must be whole and on the disk before anything depends on it.
public enum DurableFile {
  /// Puts `bytes` at `path` for the owner's eyes only, in the place of what is there. Whoever looks
  /// meanwhile, or after the power has gone, finds the one or the other; once this returns, the new one.
  public static func put(_ bytes: [UInt8], at path: String) throws(FileError) {
    let temporary = path + ".new"
    // Left behind by a crash: nobody else writes here, the profile's lock is held.
    NewFile.remove(temporary)
    try put(bytes, at: path, by: temporary, mode: 0o600)
  }

  /// The same by way of a file that is not there yet.
  static func put(
    _ bytes: [UInt8], at path: String, by temporary: String, mode: mode_t
  ) throws(FileError) {
    let file = try NewFile(temporary)
    do throws(FileError) {
      try file.write(bytes)
      guard fchmod(file.descriptor, mode) == 0 else { throw FileError(errno, path) }
      try file.sync()
      guard rename(temporary, path) == 0 else { throw FileError(errno, path) }
    } catch {
      NewFile.remove(temporary)
      throw error
    }
    try flushFolder(of: path)
  }

  /// Waits until the name of a file, or that it has none any more, is on the disk.
  public static func flushFolder(of path: String) throws(FileError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(errno, folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError(errno, folder) }
  }
}
