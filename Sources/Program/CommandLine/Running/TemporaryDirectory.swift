import Domain
import Files
import FoundationEssentials
import Glibc

/// A private directory below `TMPDIR` for one run.
enum TemporaryDirectory {
  static func make() throws(UserError) -> String {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    do throws(FileError) {
      return try make(in: base)
    } catch {
      throw UserError(
        .failed, code: "no-directory",
        "No temporary directory can be made in \(base): \(error.reason)",
        hint: "Set TMPDIR to a directory that can be written to")
    }
  }

  /// One in a directory that is named.
  static func make(in base: String) throws(FileError) -> String {
    var template = Array("\(base)/tercet-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(errno, base) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func remove(_ path: String) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      // It lies in the system's temporary directory and holds nothing secret for longer than a run.
    }
  }
}
