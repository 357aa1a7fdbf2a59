import Domain
import OneMe
import Phrases
import Storage

extension MaxRecords {
  /// What a message shows.
  struct Content {
    var kind = MessageKind.text
    var text: String
    var notes: [MessageNote] = []
    var spans: [MessageSpan] = []
    var attachments: [Attachment]
  }

  /// A forwarded message has its words and files in the reference.
  func content(of message: Message) -> Content {
    if let line = systemLine(message) { return line }
    guard let reference = message.reference, reference.kind == .forward else {
      var content = Content(
        text: message.text, spans: message.spans.map { MessageSpan($0) },
        attachments: message.attachments)
      content.say(cut: message.cutBytes)
      return content
    }
    let source = reference.chatName ?? reference.sender.flatMap { names[$0] }
    var content = Content(
      kind: .forward, text: "",
      notes: [.forwarded(from: source.map { .named(name: $0) } ?? .someone)],
      attachments: reference.attachments + message.attachments)
    content.append(reference.text, reference.spans)
    content.append(message.text, message.spans)
    content.say(cut: reference.cutBytes + message.cutBytes)
    return content
  }

  /// Lets the line of a message show what it passes on, until the server's own comes.
  func fill(_ line: inout MessageRecord, forwarding original: MessageRecord) {
    line.kind = .forward
    line.attachments = original.attachments.map { attachment in
      var attachment = attachment
      (attachment.path, attachment.source) = (nil, nil)
      return attachment
    }
    (line.text, line.spans) = (original.text, original.spans)
    let origin: [MessageNote] =
      original.kind == .forward
      ? [] : [.forwarded(from: original.senderName.map { .named(name: $0) } ?? .someone)]
    line.notes = origin + original.notes
  }

  static func reactions(_ reactions: Reactions) -> [MessageReaction] {
    reactions.counters.filter { $0.count > 0 }.map {
      MessageReaction(
        emoji: $0.reaction, count: Int(clamping: $0.count), own: $0.reaction == reactions.own)
    }
  }
}

extension MaxRecords.Content {
  /// Says so where a text was longer than what is kept of it.
  fileprivate mutating func say(cut bytes: Int) {
    guard bytes > 0 else { return }
    notes.append(.cut(bytes: Int64(bytes)))
  }

  /// Adds another line, with its look.
  fileprivate mutating func append(_ words: String, _ spans: [TextSpan]) {
    guard !words.isEmpty else { return }
    if !text.isEmpty { text += "\n" }
    let start = text.utf16.count
    text += words
    self.spans += spans.map { span in
      var span = MessageSpan(span)
      span.start += start
      return span
    }
  }
}

extension MessageSpan {
  /// The numbers are the server's; sums of them are only made where they can be true.
  fileprivate init(_ span: TextSpan) {
    let bound = 1 << 30
    self.init(
      kind: span.kind, start: min(span.start, bound), length: min(span.length, bound),
      url: span.url)
  }
}
