import Domain
import OneMe
import Storage

/// How MAX's objects become what the store keeps. Pure functions of their arguments.
struct MaxRecords {
  /// Our own user id; nil until the first login told it.
  var ownId: Int64?
  /// Known names of people.
  var names: [Int64: String]

  /// `max:121058319`, the chat's name on the command line.
  static func key(_ chatId: Int64) -> ChatID { ChatID(.max, "\(chatId)") }

  /// The chat id of a key, nil when it is another service's.
  static func chatId(_ key: ChatID) -> Int64? {
    key.service == .max ? Int64(key.name) : nil
  }

  /// The record of a chat; what the server left out stays as it was in `known`.
  func chat(_ chat: Chat, known: ChatRecord?, isMuted: Bool?) -> ChatRecord {
    let partner = ownId.flatMap { chat.partner(of: $0) }
    var record =
      known
      ?? ChatRecord(
        chat: MaxRecords.key(chat.id), service: .max, kind: kind(of: chat), title: "")
    record.kind = kind(of: chat)
    record.peerId = partner.map(String.init) ?? record.peerId
    record.title = title(of: chat, partner: partner, known: known?.title)
    record.unread = chat.unread.map { Int(clamping: $0) } ?? (known?.unread ?? 0)
    record.muted = isMuted ?? record.muted
    record.closed = !chat.isActive || chat.kind == .channel && chat.owner != ownId
    if let own = ownId {
      if let mark = chat.participants[own] { record.readMark = mark }
      let others = chat.participants.filter { $0.key != own }.values.max()
      record.othersMark = [record.othersMark, others].compactMap(\.self).max()
    }
    if let last = chat.lastMessage {
      // The server counts every call.
      if record.unread == 1, message(last, in: record.chat).isAnsweredCall(in: record.kind) {
        record.unread = 0
      }
      show(last, in: &record)
    } else if record.lastMessageAt == nil, chat.lastEventTime > 0 {
      record.lastMessageAt = chat.lastEventTime
    }
    return record
  }

  /// Makes `message` the last line of its chat unless a newer one is there.
  func show(_ message: Message, in record: inout ChatRecord) {
    guard message.time >= record.lastMessageAt ?? 0 else { return }
    let stored = self.message(message, in: record.chat)
    record.lastMessageAt = message.time
    record.lastMessageId = stored.id
    record.lastMessage = ChatPreview(stored, in: record.kind)
  }

  func message(_ message: Message, in chat: ChatID) -> MessageRecord {
    let own = message.sender != nil && message.sender == ownId
    let answered = message.reference.flatMap { $0.kind == .reply ? $0.messageId : nil }
    let content = content(of: message)
    return MessageRecord(
      chat: chat, id: String(message.id), senderId: message.sender.map(String.init),
      senderName: message.sender.flatMap { names[$0] }, at: message.time, text: content.text,
      status: message.status == .removed ? .deleted : own ? .sent : .received,
      replyTo: answered.map(String.init),
      edited: message.status == .edited,
      editedAt: message.status == .edited ? message.updateTime : nil, kind: content.kind,
      notes: content.notes,
      attachments: MaxRecords.bounded(content.attachments.map { attachment($0, isOwn: own) }),
      own: own,
      spans: content.spans, reactions: message.reactions.map(MaxRecords.reactions))
  }

  /// Those of the messages that may have been written here, by the numbers of the outbox.
  func accepted(_ messages: [Message], in chat: ChatID) -> [AcceptedMessage] {
    messages.compactMap { message in
      guard let clientId = message.clientId, message.sender == ownId, message.status != .removed
      else { return nil }
      return AcceptedMessage(self.message(message, in: chat), clientId: clientId)
    }
  }

  /// A message of the history, which leaves out reactions only where there are none.
  func whole(_ message: Message, in chat: ChatID) -> MessageRecord {
    var record = self.message(message, in: chat)
    record.reactions = record.reactions ?? []
    return record
  }

  func contact(_ contact: Contact, at: Int64) -> ContactRecord {
    ContactRecord(
      service: .max, id: String(contact.id), name: contact.shownName,
      phone: contact.phone.map { "+\($0)" }, updatedAt: at)
  }

  func call(_ call: IncomingCall, at: Int64) -> Storage.CallRecord {
    var record = Storage.CallRecord(
      service: .max, conversationId: call.conversationId, callerId: String(call.callerId),
      callerName: names[call.callerId], kind: call.kind == .video ? .video : .audio, at: at)
    if case .success(let configuration) = call.configuration {
      record.signaling = configuration.signalingURL
      record.stun = configuration.stun
      record.turn = configuration.turn
      record.turnUser = configuration.turnUser
      record.token = configuration.token
      record.turnPassword = configuration.turnPassword
    }
    return record
  }

  private func kind(of chat: Chat) -> ChatRecord.Kind {
    if chat.id == 0 { return .saved }
    return switch chat.kind {
    case .dialog: .dialog
    case .channel: .channel
    case .group, .other: .group
    }
  }

  /// The name that somebody has given it; empty for none.
  private func title(of chat: Chat, partner: Int64?, known: String?) -> String {
    if let title = visibleName(chat.title) { return title }
    if chat.id == 0 { return "" }
    if let name = partner.flatMap({ names[$0] }) { return name }
    return visibleName(known) ?? ""
  }

  /// The line that says what happened in a chat; nil for what somebody wrote.
  func systemLine(_ message: Message) -> Content? {
    guard case .control(let event, let title, let userIds)? = message.attachments.first else {
      return nil
    }
    var line = Content(kind: .system, text: "", attachments: message.attachments)
    let actor = message.sender.flatMap { names[$0] }.map { NotedPerson.named(name: $0) } ?? .someone
    let others = userIds.map { id in
      names[id].map { NotedPerson.named(name: $0) } ?? .numbered(id: String(id))
    }
    switch event {
    case "new": line.notes = [.created(by: actor, title: nil, members: [])]
    case "add": line.notes = [.added(by: actor, members: others)]
    case "remove": line.notes = [.removed(by: actor, members: others)]
    case "leave": line.notes = [.left(by: actor)]
    case "title": line.notes = [.renamed(by: actor, title: title ?? "")]
    case "pin": line.notes = [.pinned(by: actor)]
    case "joinByLink": line.notes = [.joinedByLink(by: actor)]
    default:
      // What the server says in words of its own is shown as it is.
      if let title { line.text = title } else { line.notes = [.event(word: event)] }
    }
    return line
  }

  /// What is attached, as far as its names and addresses fit in sixteen kilobytes: no person sends
  /// more of them at once, and all of it is read again with every look at the chat.
  private static func bounded(_ attachments: [AttachmentRecord]) -> [AttachmentRecord] {
    var left = 16 << 10
    return attachments.filter { attachment in
      left -= (attachment.label?.utf8.count ?? 0) + (attachment.source?.utf8.count ?? 0)
      return left >= 0
    }
  }

  private func attachment(_ attachment: Attachment, isOwn: Bool) -> AttachmentRecord {
    var record = label(of: attachment)
    if case .call(let isVideo, let outcome, _)? = record.detail {
      record.detail = .call(isVideo: isVideo, outcome: outcome, isOwn: isOwn)
    }
    record.source = MediaReference(attachment)?.text
    return record
  }

  private func label(of attachment: Attachment) -> AttachmentRecord {
    switch attachment {
    case .photo: .init(type: "photo")
    case .video(let duration, _, _, _): .init(type: "video", detail: clip(duration))
    case .file(let name, let size, _): .init(name: name, type: "file", bytes: size)
    case .audio(let duration, _): .init(type: "audio", detail: clip(duration))
    case .sticker: .init(type: "sticker")
    case .share(let url, let title): .init(name: shared(url, title), type: "share")
    case .contact(_, let name): .init(name: visibleName(name), type: "contact")
    case .control(let event, _, _): .init(name: event, type: "control")
    case .call(let call):
      .init(
        type: "call",
        detail: .call(isVideo: call.isVideo, outcome: call.outcome?.lowercased() ?? ""))
    case .keyboard(let rows): card(.buttons, rows.joined().joined(separator: " | "))
    case .location(let latitude?, let longitude?): card(.location, "\(latitude), \(longitude)")
    case .location: card(.location)
    case .poll(let question, let answers):
      card(.poll, question, answers.joined(separator: " | "))
    case .app(let title): card(.app, title)
    case .present(let title): card(.present, title)
    case .unsupported(let type): .init(type: "unsupported", detail: .unsupported(word: type))
    }
  }

  /// The title is its page's; what it leads to stands beside it.
  private func shared(_ url: String?, _ title: String?) -> String? {
    let parts = [title, url].compactMap(\.self).filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: "  ")
  }

  /// Something without a file, with what is written on it.
  private func card(_ card: AttachmentDetail.Card, _ words: String?...) -> AttachmentRecord {
    let words = words.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
    return .init(type: "other", detail: .card(card, words: words))
  }

  /// Lengths come in milliseconds.
  private func clip(_ milliseconds: Int64?) -> AttachmentDetail? {
    milliseconds.map { .clip(seconds: max(0, $0) / 1000) }
  }
}
