import Cryptography
import FoundationEssentials
import Glibc

/// Files of attachments: read whole, written whole or not at all.
enum AttachmentFile {
  /// The bytes of a regular file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(TextSecureError) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .file("\(path) is no file") }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      // It may have grown since.
      guard data.count <= limit else { throw TextSecureError.tooLarge(limit: limit) }
      return Array(data)
    } catch let error as TextSecureError { throw error } catch {
      throw .file("\(path) cannot be read")
    }
  }

  /// Writes a new file that only its owner can read; throws if there is one of that name.
  static func create(_ path: String, _ bytes: [UInt8]) throws(TextSecureError) {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw failure(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let error = failure(path)
        Glibc.close(file)
        remove(path)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    let isStored = fsync(file) == 0
    let error = failure(path)
    Glibc.close(file)
    guard isStored else {
      remove(path)
      throw error
    }
  }

  /// Gives the finished file at `temporary` the first free name of `name`, `name-2`, `name-3`…
  /// in `directory`; an existing file is never replaced.
  static func place(
    _ temporary: String, in directory: String, as name: String
  ) throws(TextSecureError) -> String {
    for number in 1...999 {
      let path = "\(directory)/\(numbered(name, number))"
      if link(temporary, path) == 0 {
        remove(temporary)
        return path
      }
      guard errno == EEXIST else { throw failure(path) }
    }
    throw .file("\(directory) has too many files called \(name)")
  }

  /// A file that is gone already is as good.
  static func remove(_ path: String) { unlink(path) }

  /// A name without folders, control characters or a leading dot, of at most 120 bytes.
  static func safeName(_ name: String, fallback: String) -> String {
    var safe = ""
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    for scalar in last.unicodeScalars.drop(while: { $0 == "." || $0 == " " }) {
      let isKept: Bool =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
          .privateUse:
          false
        default: true
        }
      guard safe.utf8.count + String(scalar).utf8.count <= 120 else { break }
      safe.unicodeScalars.append(isKept ? scalar : "_")
    }
    return safe.isEmpty ? fallback : safe
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return "\(name)-\(number)"
    }
    return "\(name[..<dot])-\(number)\(name[dot...])"
  }

  private static func failure(_ path: String) -> TextSecureError {
    .file("\(path): \(String(cString: strerror(errno)))")
  }
}
