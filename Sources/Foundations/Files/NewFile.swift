import CLinux
import Glibc

/// A file that is being made, for its owner's eyes only.
public final class NewFile: Sendable {
  private let path: String
  let descriptor: Int32

  /// An empty file, where none is yet. Whoever makes it removes it again if it cannot be finished.
  public init(_ path: String) throws(FileError) {
    // A local until nothing can fail: an initialiser that throws later would run `deinit` as well.
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw FileError(errno, path) }
    (descriptor, self.path) = (file, path)
  }

  deinit { Glibc.close(descriptor) }

  /// A new file with what `fill` writes. If that or the disk fails there is no file; one that is there
  /// already is an error and stays as it is.
  public static func create<Failure: Error>(
    _ path: String, failing wrap: (FileError) -> Failure,
    fill: (NewFile) async throws(Failure) -> Void
  ) async throws(Failure) {
    let file: NewFile
    do throws(FileError) { file = try NewFile(path) } catch { throw wrap(error) }
    do throws(Failure) {
      try await fill(file)
      do throws(FileError) { try file.sync() } catch { throw wrap(error) }
    } catch {
      remove(path)
      throw error
    }
  }

  /// Likewise, where only files fail.
  static func create(
    _ path: String, fill: (NewFile) async throws(FileError) -> Void
  ) async throws(FileError) {
    try await create(path, failing: { $0 }, fill: fill)
  }

  /// Writes behind what is there.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(errno, path) }
      done += count
      flush(after: count)
    }
  }

  /// Waits until everything is on the disk.
  public func sync() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw FileError(errno, path) }
  }

  /// In bytes, as far as it was written.
  var size: Int { Int(lseek(descriptor, 0, SEEK_END)) }

  /// Has this empty file share all bytes of another; false where the file system cannot.
  func shareBytes(of file: NamedFile) -> Bool {
    linux_clone_file(descriptor, file.descriptor) == 0
  }

  /// Has the system copy what comes next in another file; false at its end, and where the system does
  /// not do it.
  func append(atMost count: Int, of file: NamedFile) throws(FileError) -> Bool {
    let copied = copy_file_range(file.descriptor, nil, descriptor, nil, count, 0)
    guard copied < 0 else {
      flush(after: copied)
      return copied > 0
    }
    switch errno {
    case EINTR: return true
    case EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EPERM: return false
    default: throw FileError(errno, path)
    }
  }

  /// So many bytes go to the disk at a time. Else the last step, which nothing can cut short, would
  /// wait for all of them.
  private static let flushedAtOnce = 16 << 20

  /// - Parameter count: the bytes that were just written.
  private func flush(after count: Int) {
    let end = Int(lseek(descriptor, 0, SEEK_CUR))
    let flushed = (end - count) / NewFile.flushedAtOnce * NewFile.flushedAtOnce
    guard end - flushed >= NewFile.flushedAtOnce else { return }
    // Only to be done earlier: whether it worked is what the last step tells.
    _ = linux_flush_range(descriptor, flushed, end - flushed)
  }

  /// A file that is gone already is as good.
  public static func remove(_ path: String) { unlink(path) }

  /// Throws what keeps new files out of a folder; `missing` also for what is none.
  public static func checkFolder(_ folder: String) throws(FileError) {
    // The dot is only in a folder.
    guard access(folder + "/.", W_OK | X_OK) == 0 else { throw FileError(errno, folder) }
  }

  /// Throws `diskFull` where so many bytes have no room, before anything is written.
  public static func checkSpace(for size: Int, beside path: String) throws(FileError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var status = statvfs()
    // Where the file system does not tell, writing will.
    guard statvfs(folder.isEmpty ? "/" : folder, &status) == 0 else { return }
    let room = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    guard room.overflow || room.partialValue >= UInt64(size) else { throw .diskFull(path) }
  }
}
