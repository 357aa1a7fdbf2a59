import Glibc

/// One attachment on the disk: whole or not there.
enum AttachmentFile {
  struct Failure: Error {
    let reason: String
    init() { reason = String(cString: strerror(errno)) }
  }

  /// Writes beside the place, makes it durable and moves it there.
  static func write(_ bytes: [UInt8], to path: String, temporary: String) throws(Failure) {
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Failure() }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let isDurable = rest.isEmpty && fsync(file) == 0
    guard close(file) == 0, isDurable, rename(temporary, path) == 0 else {
      let failure = Failure()
      unlink(temporary)
      throw failure
    }
  }

  /// The bytes, at most `limit`; nil if there is no such file.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, 0...limit ~= Int(status.st_size) else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      done += count
    }
    return bytes
  }

  static func remove(_ path: String) { unlink(path) }
}
