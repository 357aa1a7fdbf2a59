import Cryptography
import Files
import Glibc

/// Small files with keys in them.
package enum KeyFile {
  private static let title = "tercet key 1 "
  /// More than any of them has.
  private static let limit = 4096

  /// The key in a file, which must be for its owner's eyes only.
  static func read(_ path: String) throws(KeyError) -> SecretBytes {
    guard var bytes = try contents(path) else { throw .noKeyFile(path) }
    defer {
      bytes.withUnsafeMutableBytes {
        if let start = $0.baseAddress { explicit_bzero(start, $0.count) }
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else { throw .exposedKeyFile(path) }
    let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
    guard let text, text.hasPrefix(title),
      let key = Hexadecimal.decode(String(text.dropFirst(title.count))),
      key.count == 32
    else { throw .wrongKeyFile(path) }
    return SecretBytes(key)
  }

  /// Makes the file, and its folder, for the owner's eyes only.
  static func write(_ key: SecretBytes, to path: String) throws(KeyError) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
    try put(Array("\(title)\(Hexadecimal.encode(key.revealed))\n".utf8), at: path)
  }

  static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func remove(_ path: String) { unlink(path) }

  static func put(_ bytes: [UInt8], at path: String) throws(KeyError) {
    do throws(FileError) {
      try DurableFile.put(bytes, at: path)
    } catch {
      throw .inaccessible(path: path, reason: error.reason)
    }
  }

  /// All of a small file; nil if there is none.
  package static func contents(_ path: String) throws(KeyError) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .inaccessible(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = Glibc.read(file, &bytes, limit)
    guard count >= 0 else {
      throw .inaccessible(path: path, reason: String(cString: strerror(errno)))
    }
    return Array(bytes.prefix(count))
  }
}
