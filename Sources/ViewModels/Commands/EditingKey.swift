import Phrases
import ScreenState

/// Keys of fields and of what is written at the foot of a chat, for the help: they are no commands,
/// because the text takes them before any command could.
package struct EditingKey: Sendable {
  /// Any of them does it.
  package let keys: [Key]
  /// A sentence.
  package let title: Phrase
  /// It is for messages alone, and means something else, or nothing, in a field of one line.
  package var isForMessages = false

  /// Keys as the help prints them.
  var keyText: String { keys.map(\.mark).joined(separator: " ") }

  /// In the order in which the help shows them.
  package static let all: [EditingKey] = [
    EditingKey(keys: [.enter], title: .editSend, isForMessages: true),
    EditingKey(keys: [.control("j"), .newline], title: .editNewLine, isForMessages: true),
    EditingKey(keys: [.escape], title: .editLeave, isForMessages: true),
    EditingKey(keys: [.up, .pageUp], title: .editMessages, isForMessages: true),
    EditingKey(keys: [.control("a"), .home], title: .editLineStart),
    EditingKey(keys: [.control("e"), .end], title: .editLineEnd),
    EditingKey(keys: [.wordLeft, .alt("b")], title: .editWordLeft),
    EditingKey(keys: [.wordRight, .alt("f")], title: .editWordRight),
    EditingKey(keys: [.control("u")], title: .editKillBefore),
    EditingKey(keys: [.control("k")], title: .editKillAfter),
    EditingKey(keys: [.control("w"), .wordBackspace], title: .editKillWordBefore),
    EditingKey(keys: [.alt("d"), .wordDelete], title: .editKillWordAfter),
    EditingKey(keys: [.control("y")], title: .editYank),
    EditingKey(keys: FieldState.undoing, title: .editUndo),
  ]
}
