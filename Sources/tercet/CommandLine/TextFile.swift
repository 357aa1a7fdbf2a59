import Glibc

/// A small text file that a person wrote: settings, a secret, a list of relays.
enum TextFile {
  /// Why a file could not be read, in the system's words.
  struct Failure: Error {
    let code: Int32
    var reason: String { String(cString: strerror(code)) }
    /// There is no such file, or no such folder.
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// Nobody writes that much by hand, and a device that never ends must not fill the memory.
  private static let limit = 1 << 20

  /// The file's text. Some editors begin a file with a byte order mark, which is no part of its first
  /// line.
  static func read(_ path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(code: errno) }
      if count == 0 { break }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw Failure(code: EFBIG) }
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    return String(decoding: bytes[start...], as: UTF8.self)
  }
}
