import Files
import Glibc

extension FileError {
  /// Why, in the system's words, for a sentence that has named the file.
  var reason: String {
    switch self {
    case .missing: FileError.words(ENOENT)
    case .directory: FileError.words(EISDIR)
    case .notOrdinary: "It is no file, or a pipe without its other end"
    case .forbidden: FileError.words(EACCES)
    case .empty: "It is empty"
    case .tooLarge: FileError.words(EFBIG)
    case .diskFull: FileError.words(ENOSPC)
    case .failed(_, let reason): reason
    case .cancelled: FileError.words(ECANCELED)
    }
  }

  private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}
