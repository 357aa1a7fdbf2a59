import Glibc

/// Why a file could not be read or written. Each holds the path.
public enum FileError: Error, Sendable, Equatable {
  case missing(String)
  case directory(String)
  /// A pipe, a device or a socket: reading it might never end.
  case notOrdinary(String)
  case forbidden(String)
  /// It has no bytes, and some are needed.
  case empty(String)
  /// It has `size` bytes, `limit` are allowed.
  case tooLarge(String, size: Int, limit: Int)
  case diskFull(String)
  /// Anything else, in the system's words.
  case failed(String, String)
  case cancelled
}

extension FileError {
  /// Whether nothing is at the path.
  public var isAbsence: Bool {
    if case .missing = self { true } else { false }
  }
}

extension FileError {
  /// What the system's error number says of a path.
  public init(_ number: Int32, _ path: String) {
    self =
      switch number {
      case ENOENT, ENOTDIR: .missing(path)
      case EISDIR: .directory(path)
      case EACCES, EPERM: .forbidden(path)
      // A socket, or a device that nothing stands behind.
      case ENXIO, ENODEV: .notOrdinary(path)
      case ENOSPC, EDQUOT: .diskFull(path)
      default: .failed(path, String(cString: strerror(number)))
      }
  }
}

extension FileError: CustomStringConvertible {
  /// For a log; whoever tells a person has words of their own.
  public var description: String {
    switch self {
    case .missing(let path): "\(path) is not there"
    case .directory(let path): "\(path) is a directory"
    case .notOrdinary(let path): "\(path) is no ordinary file"
    case .forbidden(let path): "\(path) is not allowed"
    case .empty(let path): "\(path) is empty"
    case .tooLarge(let path, let size, let limit):
      "\(path) has \(size) bytes, \(limit) are allowed"
    case .diskFull(let path): "no room for \(path)"
    case .failed(let path, let reason): "\(path): \(reason)"
    case .cancelled: "cancelled"
    }
  }
}

extension FileError {
  /// Why, in the system's words, for a sentence that has named the file.
  public var reason: String {
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
