import FoundationEssentials

extension String {
  /// Writes the text to a new file that only its owner may read.
  func write(toFile path: String) throws {
    try Data(utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }
}
