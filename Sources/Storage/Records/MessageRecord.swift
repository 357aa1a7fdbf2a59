import Database
import Domain

/// One message of a chat.
package struct MessageRecord: Sendable, Equatable, Identifiable {
  /// How far the message has come.
  package enum Status: String, Sendable, CaseIterable, DatabaseConvertible {
    case received, queued, sent, failed
    /// A tombstone: the message was here, its text and attachments are gone.
    case deleted
  }

  /// The key of its chat.
  package var chat: ChatID
  /// The server's id, or a local one until the server has given it; unique within its chat.
  package var id: String
  /// The sender as its service names people; nil for a channel's own posts.
  package var senderId: String?
  /// The sender's name as it was when the message came.
  package var senderName: String?
  /// Wall-clock milliseconds since 1970, by the server where it says.
  package var at: Int64
  /// What somebody wrote, and nothing else; empty where only something is attached, in lines that
  /// nobody wrote, and in tombstones. `shownText` is what is to be read.
  package var text: String
  /// How far the message has come.
  package var status: Status
  /// The id of the message that this one answers, in the same chat.
  package var replyTo: String?
  /// Whether its text was changed after it was sent.
  package var edited: Bool
  /// When it was changed last, by the server; nil where it was not, or nobody said.
  package var editedAt: Int64?
  /// What sort of line it is.
  package var kind: MessageKind
  /// What the program says in place of the text or beside it.
  package var notes: [MessageNote]
  /// What came with it, in its order.
  package var attachments: [AttachmentRecord]
  /// Written by the account's owner, here or on another device.
  package var own: Bool
  /// Why it has not been sent, of one that failed or is held back.
  package var failure: SendFailure?
  /// How stretches of the text look.
  package var spans: [MessageSpan]
  /// What others and the owner think of it; nil where nobody has said. Saving nil keeps what is known.
  package var reactions: [MessageReaction]?
  /// The id that the message had here before its server gave it `id`; nil for what was not written
  /// here. Saving does not touch it.
  package var writtenId: String?

  /// A call to the owner that was declined or taken, here or on another device: nothing of it is new
  /// to anybody. In a group others may have done so.
  package func isAnsweredCall(in kind: ChatRecord.Kind) -> Bool {
    guard !own, kind == .dialog else { return false }
    return attachments.contains { attachment in
      guard case .call(_, let outcome, _)? = attachment.detail else { return false }
      return ["rejected", "busy", "hungup"].contains(outcome)
    }
  }

  /// The id by which scripts know the message: one of its own keeps it on its way.
  package var lastingId: String { writtenId ?? id }

  /// A message with these fields.
  package init(
    chat: ChatID, id: String, senderId: String? = nil, senderName: String? = nil, at: Int64,
    text: String, status: Status = .received, replyTo: String? = nil, edited: Bool = false,
    editedAt: Int64? = nil,
    kind: MessageKind = .text, notes: [MessageNote] = [], attachments: [AttachmentRecord] = [],
    own: Bool = false,
    failure: SendFailure? = nil, spans: [MessageSpan] = [], reactions: [MessageReaction]? = nil
  ) {
    self.chat = chat
    self.id = id
    self.senderId = senderId
    self.senderName = senderName
    self.at = at
    self.text = text
    self.status = status
    self.replyTo = replyTo
    self.edited = edited
    self.editedAt = editedAt
    self.kind = kind
    self.notes = notes
    self.attachments = attachments
    self.own = own
    self.failure = failure
    self.spans = spans
    self.reactions = reactions
  }

  /// The text as people read it, with what the program says about it.
  package var shownText: String { shown.text }

  /// The text as people read it, and where in it the message's own words begin.
  package var shown: NotedText { notes.around(text) }

  /// What is shown where there is room for one line: its text, or else the name of what is attached.
  package var preview: String {
    let text = shownText
    return text.isEmpty ? attachments.first?.shownName ?? "" : text
  }

  /// What the search knows of it besides the text: what the program says and how files are called.
  var searchWords: String {
    (notes.map(\.sentence) + attachments.filter { $0.label != nil }.map(\.scriptName))
      .joined(separator: " ")
  }
}
