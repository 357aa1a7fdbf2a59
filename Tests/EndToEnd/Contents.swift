import Glibc

/// The text of a file under /proc, whose size is not known before it is read.
func contents(_ path: String) throws -> String {
  guard let file = fopen(path, "r") else {
    throw Terminal.Missing(description: "\(path): \(String(cString: strerror(errno)))")
  }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 4096)
  let count = fread(&bytes, 1, bytes.count, file)
  return String(decoding: bytes.prefix(count), as: UTF8.self)
}
