import Phrases

/// Why a file could not be used, as it is stored: without the words. Each holds the path.
///
/// The cases and the names of their parameters are what stands in the store.
package enum FileFailure: Sendable, Hashable, Codable {
  case missing(path: String)
  case directory(path: String)
  /// A pipe, a device or a socket.
  case notOrdinary(path: String)
  case forbidden(path: String)
  case empty(path: String)
  /// It has so many bytes, `limit` are allowed.
  case tooLarge(path: String, bytes: Int64, limit: Int64)
  /// The disk has no room for it.
  case diskFull(path: String)
  /// Anything else, in the system's words.
  case failed(path: String, reason: String)
  /// It was given up half-way.
  case cancelled
}

extension FileFailure {
  /// What happened, in the language in use.
  package var message: String {
    switch self {
    case .missing(let path): Phrase.noSuchFile.with(path)
    case .directory(let path): Phrase.isDirectory.with(path)
    case .notOrdinary(let path): Phrase.notOrdinaryFile.with(path)
    case .forbidden(let path): Phrase.fileForbidden.with(path)
    case .empty(let path): Phrase.fileEmpty.with(path)
    case .tooLarge(let path, let bytes, let limit):
      Phrase.fileTooLarge.with(path, sizeText(bytes), sizeText(limit))
    case .diskFull(let path): Phrase.diskFull.with(path)
    case .failed(let path, let reason): Phrase.fileUnreadable.with(path, reason)
    case .cancelled: Phrase.fileCancelled.text
    }
  }

  /// What to do about it.
  package var hint: Phrase {
    switch self {
    case .missing: .checkPathHint
    case .directory: .isDirectoryHint
    case .notOrdinary: .notOrdinaryFileHint
    case .forbidden: .fileForbiddenHint
    case .empty: .fileEmptyHint
    case .tooLarge: .fileTooLargeHint
    case .diskFull: .diskFullHint
    case .failed, .cancelled: .tryAgain
    }
  }
}
