import Database
import Domain

/// Kept by its name on the command line.
extension Service: DatabaseConvertible {}

/// Kept as its text.
extension ChatID: DatabaseConvertible {
  package var databaseValue: DatabaseValue { text.databaseValue }

  package init?(databaseValue: DatabaseValue) {
    guard case .text(let text) = databaseValue else { return nil }
    self.init(stored: text)
  }
}
