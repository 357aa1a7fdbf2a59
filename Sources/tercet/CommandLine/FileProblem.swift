import Glibc

/// Why a file that was named cannot be read.
struct FileProblem: Error {
  /// The system's error.
  let code: Int32

  /// In the system's words.
  var reason: String { String(cString: strerror(code)) }

  /// Whether there is no such file.
  var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

  /// What is in a file.
  ///
  /// - Parameter limit: bytes; a file that has more is refused with EFBIG.
  static func contents(of path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileProblem(code: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileProblem(code: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw FileProblem(code: EFBIG) }
    }
  }
}
