import Domain
import Phrases
import ScreenState
import Storage

/// Stored messages as the conversation shows them.
@MainActor
struct MessageLines {
  /// Of what lines are made, besides the messages and their uploads.
  private struct Source: Equatable {
    /// That of the window.
    var version = 0
    /// Up to which moment (wall ms) the others have read.
    var othersMark: Int64 = 0
    /// Keys act on messages: an offer needs no key to get there.
    var isAmongMessages = false
  }

  /// Uploads of queued messages, by their ids.
  var transfers: [String: ConversationState.Transfer] = [:] { didSet { kept.forget() } }
  private let window: ConversationWindow
  private var source = Source()
  private var kept = KeptRows<ConversationState.Message>()

  init(_ window: ConversationWindow) { self.window = window }

  /// The messages in memory that may be in sight with one of them; see `Excerpt`.
  mutating func rows(
    around row: Int, reach: Int, othersMark: Int64, isAmongMessages: Bool
  ) -> Excerpt<ConversationState.Message> {
    let source = Source(
      version: window.version, othersMark: othersMark, isAmongMessages: isAmongMessages)
    if source != self.source {
      self.source = source
      kept.forget()
    }
    let lines = self
    return kept.rows(of: window.messages.count, around: row, reach: reach, make: lines.line)
  }

  /// A message as an answer to it shows it.
  static func quote(_ message: MessageRecord) -> ComposerState.Quote {
    ComposerState.Quote(sender: message.shownSender ?? "", text: message.preview)
  }

  /// The message of a number in the window.
  private func line(_ index: Int) -> ConversationState.Message {
    let message = window.messages[index]
    let isSystem = message.kind == .system
    let words = message.markedText
    var line = ConversationState.Message(
      id: message.id, sender: message.shownSender, isOwn: message.own && !isSystem,
      at: message.at, text: words.text, spans: words.spans,
      quote: message.replyTo.flatMap { window[$0]?.preview },
      attachments: isSystem ? [] : message.attachments.map(attachment),
      reactions: (message.reactions ?? []).map {
        .init(emoji: $0.emoji, count: $0.count, isOwn: $0.own)
      },
      isEdited: message.edited, isDeleted: message.status == .deleted,
      kind: message.isUnreadable || message.isHeldBack ? .obstacle : .message,
      offer: offer(message),
      transfer: transfers[message.id], status: status(of: message))
    line.person = isSystem ? nil : (message.senderId ?? message.senderName).map(Self.person)
    return line
  }

  /// A number for a person: the same at each start, which a hash of the standard library is not.
  private static func person(_ id: String) -> UInt8 {
    UInt8(
      truncatingIfNeeded: id.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        >> 8)
  }

  private func status(of message: MessageRecord) -> ConversationState.Status {
    switch message.status {
    case .received, .deleted: .received
    case .queued: message.failure.map { .held($0.sentences) } ?? .queued
    case .sent: message.at <= source.othersMark ? .read : .sent
    case .failed: .failed(message.failure?.sentences ?? Phrase.notSent.text)
    }
  }

  /// The key that does something about a message.
  private func offer(_ message: MessageRecord) -> Hint? {
    if message.own {
      switch message.status {
      case .failed: return offer(.retry, .hintRetry)
      case .queued where message.failure != nil: return offer(.showIdentity, .hintDecide)
      default: return nil
      }
    }
    if message.isUnreadable { return offer(.endSession, .hintEndSession) }
    if message.isHeldBack { return offer(.showIdentity, .hintDecide) }
    return message.firstSavable == nil ? nil : offer(.saveAttachment, .hintSave)
  }

  /// A command's key beside a line that it does something about; where letters are text, with the
  /// key that leads to the line.
  private func offer(_ command: Command, _ label: Phrase) -> Hint {
    let key = command.keys[0].mark
    return Hint(key: source.isAmongMessages ? key : "\(Key.up.mark) \(key)", label: label.text)
  }

  private func attachment(_ attachment: AttachmentRecord) -> ConversationState.Attachment {
    .init(
      label: visibleName(attachment.label) ?? attachment.type, bytes: attachment.bytes,
      mark: attachment.type == "call" ? "☎" : "📎", path: attachment.path)
  }
}

extension MessageRecord {
  /// Came encrypted and could not be read.
  var isUnreadable: Bool { kind == .unreadable }
  /// Says something, be it in others' words.
  package var isSpoken: Bool { kind.isSpoken && status != .deleted }
  /// Is with the server, where it can be answered, changed and passed on.
  var isSettled: Bool { status == .sent || status == .received }
  /// Came from an identity that nobody has accepted yet.
  var isHeldBack: Bool { kind == .held }

  /// Its text with the look of its own words, behind what the program says before them.
  fileprivate var markedText: MarkedText {
    let shown = shown
    return MarkedText(
      shown.text,
      spans.compactMap { span in
        let (start, isFar) = span.start.addingReportingOverflow(shown.offset)
        return isFar
          ? nil
          : MessageSpan(kind: span.kind, start: start, length: span.length, url: span.url)
      })
  }

  /// The first attachment that can be brought here and has not been.
  var firstSavable: Int? { attachments.firstIndex { $0.source != nil && $0.path == nil } }

  /// Who is shown as its writer; nil for a line that nobody wrote.
  fileprivate var shownSender: String? {
    if kind == .system { return nil }
    return own ? Phrase.you.text : visibleName(senderName) ?? senderId ?? ""
  }
}
