import Database
import Domain

/// Kept by its name on the command line.
extension Service: DatabaseConvertible {}

/// Kept by its word.
extension MessageKind: DatabaseConvertible {
  package var databaseValue: DatabaseValue { word.databaseValue }

  package init?(databaseValue: DatabaseValue) {
    guard let word = String(databaseValue: databaseValue) else { return nil }
    self.init(word)
  }
}

/// Kept as its text.
extension ChatID: DatabaseConvertible {
  package var databaseValue: DatabaseValue { text.databaseValue }

  package init?(databaseValue: DatabaseValue) {
    guard case .text(let text) = databaseValue else { return nil }
    self.init(stored: text)
  }
}
