import Glibc

/// The size of a file.
public enum FileSize {
  /// In bytes; nil if there is no such file.
  public static func of(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }
}
