import Glibc

/// What a person has named to be read at once: a file, or the end of a pipe (`<(pass show tercet)`,
/// `/dev/stdin`).
public enum NamedStream {
  /// All that is in it.
  ///
  /// - Parameters:
  ///   - limit: in bytes. What has more is refused: a device that never ends must not fill the memory.
  ///   - patience: how long a pipe that nobody has opened for writing is waited for, in milliseconds.
  ///     Whoever is to write into it is being started beside us.
  public static func contents(
    of path: String, limit: Int, patience: Int32 = 2000
  ) throws(FileError) -> [UInt8] {
    // Non-blocking: the opening of a pipe would wait for its other end for ever.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw FileError(errno, path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(errno, path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw .directory(path) }
    var mayBeUnwritten = status.st_mode & S_IFMT == S_IFIFO
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // Somebody has it open for writing, and may have to think first.
        wait(for: file, milliseconds: -1)
        continue
      }
      guard count >= 0 else { throw FileError(errno, path) }
      if count == 0, mayBeUnwritten, bytes.isEmpty {
        // Empty is also what a pipe is that nobody has opened for writing yet.
        guard wait(for: file, milliseconds: patience) else {
          throw .failed(path, "nobody writes into this pipe")
        }
        mayBeUnwritten = false
        continue
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw .tooLarge(path, size: bytes.count, limit: limit)
      }
    }
  }

  /// A small text that a person wrote: settings, a secret, a list of relays. Some editors begin a file
  /// with a byte order mark, which is no part of its first line.
  public static func text(of path: String) throws(FileError) -> String {
    // Nobody writes more by hand.
    let bytes = try contents(of: path, limit: 1 << 20)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// Whether something has come, or whoever wrote has gone, by then.
  @discardableResult
  private static func wait(for file: Int32, milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&watched, 1, milliseconds)
      if count < 0, errno == EINTR { continue }
      return count > 0
    }
  }
}
