import Domain

/// A message as it was stored with its sentences, by versions up to the migration to notes.
///
/// The sentences stand here as those versions wrote them, whatever the tables of phrases say by now.
struct WordedMessage {
  var kind: String
  var isOwn: Bool
  var sender: String?
  var text: String
  var spans: [MessageSpan]
  var attachments: [AttachmentRecord]

  /// What the list of chats showed of it.
  var preview: String {
    text.isEmpty ? attachments.first.map { $0.name ?? $0.type } ?? "" : text
  }

  /// With notes in place of the sentences that are recognized.
  var noted: NotedMessage {
    var noted = NotedMessage(asItWas: self)
    noted.attachments = attachments.map(\.withoutWords)
    switch kind {
    case "system", "unreadable", "held":
      guard let note = lineNote else { break }
      noted.notes = [note]
      noted.sentences = [text]
      noted.text = ""
    case "forward":
      noted.takeOrigin()
      noted.takeCut()
    case "text":
      if !isOwn { noted.takeUnencrypted() }
      noted.takeCut()
    default: break
    }
    return noted
  }

  private var lineNote: MessageNote? {
    switch kind {
    case "system":
      let control = attachments.first { $0.type == "control" }?.name
      return control.map(controlNote) ?? groupNote
    case "held":
      let sentence = "A message under a new identity key. Press v to compare and accept it."
      return text == sentence ? .heldBack : nil
    default:
      if let parts = match(
        "More messages came under a new identity key than are kept. Ask {} to send the last ones again."
      ) {
        return .heldFull(by: NotedPerson(worded: parts[0]))
      }
      return match("A message could not be read: {}. Press E to start a new session.")
        .map { .unreadable(reason: $0[0]) }
    }
  }

  /// Lines of MAX say in an attachment what they are about.
  private func controlNote(_ event: String) -> MessageNote? {
    switch event {
    case "new":
      return match("{} created the group").map {
        .created(by: NotedPerson(worded: $0[0]), title: nil, members: [])
      }
    case "add":
      return match("{} added {}").map {
        .added(by: NotedPerson(worded: $0[0]), members: list($0[1]))
      }
    case "remove":
      return match("{} removed {}").map {
        .removed(by: NotedPerson(worded: $0[0]), members: list($0[1]))
      }
    case "leave": return match("{} left").map { .left(by: NotedPerson(worded: $0[0])) }
    case "title":
      return match("{} renamed the group to {}").map {
        .renamed(by: NotedPerson(worded: $0[0]), title: $0[1])
      }
    case "pin": return match("{} pinned a message").map { .pinned(by: NotedPerson(worded: $0[0])) }
    case "joinByLink":
      return match("{} joined by link").map { .joinedByLink(by: NotedPerson(worded: $0[0])) }
    default: return text == "service message: \(event)" ? .event(word: event) : nil
    }
  }

  /// Lines of TextSecure are told by their words, the longest sentences first.
  private var groupNote: MessageNote? {
    let ended = "ended the secure session. The next message starts another."
    switch text {
    case "You \(ended)": return .sessionEnded(by: .you)
    case "You left the group": return .left(by: .you)
    default: break
    }
    if let parts = match("{} \(ended)") { return .sessionEnded(by: NotedPerson(worded: parts[0])) }
    if let parts = match("{} wrote to a group that you are not in:") {
      return .unknownGroup(by: NotedPerson(worded: parts[0]))
    }
    if let parts = match("{} is not in the group {} and cannot change it or write there:") {
      return .stranger(by: NotedPerson(worded: parts[0]), title: parts[1])
    }
    if let parts = match("{} created the group {} with {}") {
      return .created(by: actor(parts[0]), title: parts[1], members: list(parts[2]))
    }
    if let parts = match("{} renamed the group to {}") {
      return .renamed(by: actor(parts[0]), title: parts[1])
    }
    if let parts = match("{} added {}") {
      return .added(by: actor(parts[0]), members: list(parts[1]))
    }
    if let parts = match("{} is no longer registered") {
      return .unregistered(who: NotedPerson(worded: parts[0]))
    }
    return match("{} left").map { .left(by: NotedPerson(worded: $0[0])) }
  }

  /// The owner's own doings began with "You".
  private func actor(_ words: String) -> NotedPerson {
    isOwn && words == "You" ? .you : NotedPerson(worded: words)
  }

  private func list(_ words: String) -> [NotedPerson] {
    words.isEmpty
      ? []
      : words.split(separator: ", ", omittingEmptySubsequences: false).map {
        $0 == "you" ? .you : NotedPerson(worded: String($0))
      }
  }

  /// What stands in the holes of a sentence; nil if the text is another one. The sender's name, where it
  /// is known, decides where the first hole ends.
  private func match(_ sentence: String) -> [String]? {
    WordedSentence(text).holes(of: sentence, first: sender)
  }
}

/// The same message with notes.
struct NotedMessage: Equatable {
  var text: String
  var spans: [MessageSpan]
  var attachments: [AttachmentRecord]
  var notes: [MessageNote] = []
  /// What has been taken out of the text.
  var sentences: [String] = []

  init(asItWas message: WordedMessage) {
    (text, spans, attachments) = (message.text, message.spans, message.attachments)
  }

  /// The first line of what was passed on said from whom.
  fileprivate mutating func takeOrigin() {
    let mark = "forwarded from "
    guard text.hasPrefix(mark) else { return }
    let line = text.prefix { $0 != "\n" }
    let length = line.utf16.count + 1
    guard spans.allSatisfy({ $0.start >= length }) else { return }
    sentences.append(String(line))
    notes.append(.forwarded(from: NotedPerson(worded: String(line.dropFirst(mark.count)))))
    text = String(text.dropFirst(line.count + 1))
    for index in spans.indices { spans[index].start -= length }
  }

  fileprivate mutating func takeUnencrypted() {
    let mark = "(not encrypted, anybody may have written it) "
    guard text.hasPrefix(mark), spans.isEmpty else { return }
    sentences.append(mark)
    notes.append(.unencrypted)
    text = String(text.dropFirst(mark.count))
  }

  /// The last line said how much is missing, in whole units.
  fileprivate mutating func takeCut() {
    let (start, end) = ("\n[cut here: ", " more were sent]")
    guard text.hasSuffix(end), let range = text.ranges(of: start).last else { return }
    let size = String(text[range.upperBound...].dropLast(end.count))
    let parts = size.split(separator: " ")
    let units = ["B", "KB", "MB", "GB"]
    guard parts.count == 2, let count = Int64(parts[0]), 1..<(1 << 20) ~= count,
      let unit = units.firstIndex(of: String(parts[1]))
    else { return }
    let bytes = count << (10 * Int64(unit))
    guard sizeText(bytes) == size else { return }
    sentences.append(String(text[range.lowerBound...].dropFirst()))
    notes.append(.cut(bytes: bytes))
    text = String(text[..<range.lowerBound])
  }
}

extension NotedPerson {
  /// The person whom a sentence named so.
  fileprivate init(worded words: String) {
    let number = words.hasPrefix("Person ") ? Int64(words.dropFirst("Person ".count)) : nil
    if words == "someone" {
      self = .someone
    } else if let number, "Person \(number)" == words {
      self = .numbered(id: String(number))
    } else {
      self = .named(name: words)
    }
  }
}

extension AttachmentRecord {
  /// Without a name where that was only the word for its sort.
  fileprivate var withoutWords: AttachmentRecord {
    guard let name, detail == nil else { return self }
    var attachment = self
    attachment.name = nil
    switch (type, name) {
    case ("photo", "photo"), ("sticker", "sticker"), ("share", "link"), ("contact", "contact"),
      ("video", "video clip"), ("audio", "voice"):
      break
    case ("video", _):
      guard let seconds = AttachmentRecord.seconds(after: "video clip ", name) else { return self }
      attachment.detail = .clip(seconds: seconds)
    case ("audio", _):
      guard let seconds = AttachmentRecord.seconds(after: "voice ", name) else { return self }
      attachment.detail = .clip(seconds: seconds)
    case ("call", _) where name.hasPrefix("video call "):
      attachment.detail = .call(isVideo: true, outcome: String(name.dropFirst(11)))
    case ("call", _) where name.hasPrefix("call "):
      attachment.detail = .call(isVideo: false, outcome: String(name.dropFirst(5)))
    case ("unsupported", _) where name.hasPrefix("unsupported: "):
      attachment.detail = .unsupported(word: String(name.dropFirst(13)))
    case ("other", _):
      guard let card = AttachmentRecord.card(name) else { return self }
      attachment.detail = card
    case ("application/octet-stream", "a file that cannot be opened")
    where source == nil && path == nil:
      attachment.detail = .broken
    default: return self
    }
    return attachment
  }

  /// `1:01` after a word, in seconds.
  private static func seconds(after word: String, _ name: String) -> Int64? {
    guard name.hasPrefix(word) else { return nil }
    let parts = name.dropFirst(word.count).split(separator: ":")
    guard parts.count == 2, let minutes = Int64(parts[0]), let seconds = Int64(parts[1]),
      0..<(1 << 20) ~= minutes, 0..<60 ~= seconds
    else { return nil }
    return minutes * 60 + seconds
  }

  private static func card(_ name: String) -> AttachmentDetail? {
    let parts = name.split(separator: ": ", maxSplits: 1)
    guard let word = parts.first, let card = AttachmentDetail.Card(rawValue: String(word)) else {
      return nil
    }
    return .card(card, words: parts.count == 2 ? String(parts[1]) : "")
  }
}
