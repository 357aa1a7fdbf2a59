import Domain
import Glibc
import Phrases

/// Writes an export into a new file, readable by its owner alone.
package struct ExportFile {
  package var kind: ExportRows.Kind
  /// Absolute; `.jsonl` at its end makes JSON Lines of it, anything else CSV.
  package var path: String

  package init(
    kind: ExportRows.Kind,
    path: String
  ) {
    self.kind = kind
    self.path = path
  }

  /// Returns how many rows were written; an existing file is left alone.
  package func write(from hub: AccountHub) async throws(UserError) -> Int {
    let format: ExportFormat = path.hasSuffix(".jsonl") ? .jsonl : .csv
    let rows = try await hub.lines(of: ExportRows(kind: kind))
    let text = format.header(of: kind) + rows.map(format.text).joined()
    try create(Array(text.utf8))
    return rows.count
  }

  /// The file is for its owner's eyes from its first moment on, and whole or not there.
  private func create(_ bytes: [UInt8]) throws(UserError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = errno
        unlink(path)
        throw failure(reason)
      }
      written += count
    }
  }

  private func failure(_ reason: Int32) -> UserError {
    UserError(
      .failed, code: "bad-file",
      Phrase.fileNotWrittenBecause.with(path, String(cString: strerror(reason))),
      hint: Phrase.fileNotWrittenHint.text)
  }
}
