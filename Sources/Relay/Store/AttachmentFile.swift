import Glibc

/// One attachment on the disk: whole or not there.
enum AttachmentFile {
  struct Failure: Error {
    let reason: String
    init() { reason = String(cString: strerror(errno)) }
  }

  /// In bytes.
  static func size(_ path: String) throws(Failure) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure() }
    return Int(status.st_size)
  }

  /// Makes the file at `temporary` durable and moves it to its place.
  static func keep(_ temporary: String, as path: String) throws(Failure) {
    let file = open(temporary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { throw Failure() }
    let isDurable = fsync(file) == 0
    guard close(file) == 0, isDurable, rename(temporary, path) == 0 else { throw Failure() }
  }

  static func remove(_ path: String) { unlink(path) }
}
