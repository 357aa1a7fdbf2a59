import Domain
import Files
import Phrases

extension UserError {
  /// What kept a file from being read or written: each cause has its own words.
  package init(_ error: FileError) {
    switch error {
    case .missing(let path):
      self.init(
        .failed, code: "file", Phrase.noSuchFile.with(path), hint: Phrase.checkPathHint.text)
    case .directory(let path):
      self.init(
        .failed, code: "file", Phrase.isDirectory.with(path), hint: Phrase.isDirectoryHint.text)
    case .notOrdinary(let path):
      self.init(
        .failed, code: "file", Phrase.notOrdinaryFile.with(path),
        hint: Phrase.notOrdinaryFileHint.text)
    case .forbidden(let path):
      self.init(
        .failed, code: "file", Phrase.fileForbidden.with(path), hint: Phrase.fileForbiddenHint.text)
    case .empty(let path):
      self.init(
        .usage, code: "empty-file", Phrase.fileEmpty.with(path), hint: Phrase.fileEmptyHint.text)
    case .tooLarge(let path, let size, let limit):
      self.init(
        .usage, code: "too-large",
        Phrase.fileTooLarge.with(path, sizeText(Int64(size)), sizeText(Int64(limit))),
        hint: Phrase.fileTooLargeHint.text)
    case .diskFull(let path):
      self.init(
        .failed, code: "storage", Phrase.diskFull.with(path), hint: Phrase.diskFullHint.text)
    case .failed(let path, let reason):
      self.init(
        .failed, code: "file", Phrase.fileUnreadable.with(path, reason), hint: Phrase.tryAgain.text)
    case .cancelled:
      self.init(
        .failed, code: "cancelled", Phrase.fileCancelled.text, hint: Phrase.tryAgain.text)
    }
  }
}
