import Glibc

/// The right to be the one process that works with a profile, held as long as the value lives.
///
/// The kernel takes the lock back when the process ends, however it ends.
package final class ProfileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or throws `heldByAnotherProcess` at once.
  package init(_ profile: Profile) throws(StorageError) {
    let path = profile.lockPath
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .inaccessible(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      defer { close(descriptor) }
      guard reason == EWOULDBLOCK else {
        throw .inaccessible(path: path, reason: String(cString: strerror(reason)))
      }
      throw .heldByAnotherProcess(pid: ProfileLock.processWritten(in: descriptor))
    }
    let line = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, line, line.count, 0) == line.count
    else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw .inaccessible(path: path, reason: reason)
    }
    self.descriptor = descriptor
  }

  deinit {
    // Closing alone leaves the lock with a child that was just forked and has not yet run exec.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private static func processWritten(in descriptor: Int32) -> Int32? {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: buffer.prefix(count).prefix { $0 != 10 }, as: UTF8.self))
  }
}
