import Database
import FoundationEssentials
import Glibc

/// The relay's own directory: for the owner alone, and for one relay at a time.
///
/// The kernel takes the lock back when the process ends, however it ends.
final class DataDirectory: Sendable {
  let path: String
  private let lock: Int32

  var databasePath: String { path + "/relay.db" }

  func attachmentPath(_ id: Int64) -> String { "\(path)/attachments/\(id)" }

  /// Makes the directory and its `attachments` if need be, and takes the lock.
  init(_ path: String) throws(RelayError) {
    try DataDirectory.make(path)
    try DataDirectory.make(path + "/attachments")
    let name = path + "/lock"
    // A local until nothing can fail: an initialiser that throws later would run `deinit` as well.
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw DataDirectory.failure(name) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .inUse(path: path)
    }
    self.path = path
    lock = descriptor
    removeUnfinishedUploads()
  }

  /// What a crash has left of uploads that were under way; finished ones have a number for a name.
  private func removeUnfinishedUploads() {
    let folder = path + "/attachments"
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder)
      where name.contains(".") {
        unlink("\(folder)/\(name)")
      }
    } catch {
      // They only take up space: no reason not to serve.
      return
    }
  }

  deinit {
    release()
    close(lock)
  }

  /// Lets another relay work here.
  func release() { flock(lock, LOCK_UN) }

  private static func make(_ path: String) throws(RelayError) {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure(path) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .inaccessible(path: path, reason: "it is no directory")
    }
    guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
      throw .inaccessible(path: path, reason: "others may enter it")
    }
  }

  private static func failure(_ path: String) -> RelayError {
    .inaccessible(path: path, reason: String(cString: strerror(errno)))
  }
}

/// Where a relay keeps what it is given.
struct RelayStorage: Sendable {
  /// Accounts, keys and messages.
  let database: Database
  /// The attachments' directory; nil for a relay in memory.
  let directory: DataDirectory?
  /// How much room attachments have left.
  let space: AttachmentSpace
}
