import Domain

/// A chat's last message as the list of chats shows it: what it says, without the words.
package struct ChatPreview: Sendable, Equatable, Codable {
  /// Whose name stands before it; nil where that is clear.
  package var sender: String?
  /// What somebody wrote.
  package var text: String
  /// What the program says in place of the text or beside it.
  package var notes: [MessageNote]?
  /// What is attached, where there is no text; without its source and path.
  package var attachment: AttachmentRecord?
  /// Whether the message is gone.
  package var isDeleted: Bool?

  /// Nothing but words.
  package init(_ text: String) { self.text = text }

  /// A message's as a chat of this kind shows it: in a group after the name of whoever wrote it.
  package init(_ message: MessageRecord, in kind: ChatRecord.Kind) {
    let isNamed = kind == .group && !message.own && message.kind != .system
    self.init(message, sender: isNamed ? message.senderName : nil)
  }

  /// A message's, after its sender's name if there is one.
  package init(_ message: MessageRecord, sender: String? = nil) {
    self.sender = sender
    guard message.status != .deleted else {
      (text, isDeleted) = ("", true)
      return
    }
    text = message.text
    notes = message.notes.isEmpty ? nil : message.notes.bounded
    guard text.isEmpty, notes == nil, let first = message.attachments.first else { return }
    attachment = AttachmentRecord(name: first.name, type: first.type, detail: first.detail)
  }

  /// In the language in use.
  package var line: String { sender.map { "\($0): \(words)" } ?? words }

  /// What follows the sender's name, in the language in use.
  package var words: String {
    let words =
      isDeleted == true ? MessageNote.deletedMessage : (notes ?? []).around(text).text
    return words.isEmpty ? attachment?.shownName ?? "" : words
  }
}

extension ChatPreview {
  /// From JSON that the store has of a preview with nothing but words and a sender, as most are: a list
  /// of thousands is read so without a decoder. Nil for any other.
  init?(plain json: String) {
    guard !json.utf8.contains(UInt8(ascii: "\\")) else { return nil }
    let parts = json.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
      .map { Substring($0) }
    switch parts.count {
    case 5 where parts[...2] == ["{", "text", ":"] && parts[4] == "}":
      self.init(String(parts[3]))
    case 9
    where parts[...2] == ["{", "sender", ":"] && parts[4...6] == [",", "text", ":"]
      && parts[8] == "}":
      self.init(String(parts[7]))
      sender = String(parts[3])
    default: return nil
    }
  }
}

extension ChatPreview: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}
