import Axolotl
import Clocks
import Cryptography
import Domain
import Files
import Storage
import Synchronization
import TextSecure
import Transport

/// How TextSecure's values become what the store keeps.
final class TextSecureRecords: Sendable {
  private let own: String
  private let time: any TimeSource
  private let names: Mutex<[String: String]>

  /// A message may claim to come from this far ahead of our clock and be believed, in milliseconds;
  /// one from further ahead would stand below everything for as long.
  private static let tolerance: Int64 = 60_000
  /// Nothing was sent before the protocol was there (2014): a clock that says so has stopped.
  private static let beginning: Int64 = 1_388_534_400_000

  init(own: String, names: [String: String], time: any TimeSource) {
    self.own = own
    self.names = Mutex(names)
    self.time = time
  }

  /// What the owner calls a number, or the number.
  func name(of number: String) -> String {
    visibleName(names.withLock { $0[number] }) ?? number
  }

  func setName(_ name: String, of number: String) { names.withLock { $0[number] = name } }

  /// `textsecure:+14155550100`, the dialog's name on the command line.
  static func key(_ number: String) -> ChatID { ChatID(.textsecure, number) }

  func dialog(with number: String) -> ChatRecord {
    ChatRecord(
      chat: TextSecureRecords.key(number), service: .textsecure, kind: .dialog,
      title: name(of: number), peerId: number)
  }

  func groupChat(_ group: GroupRecord) -> ChatRecord {
    ChatRecord(
      chat: ChatID(.textsecure, group: group.id), service: .textsecure, kind: .group,
      title: visibleName(group.name) ?? "")
  }

  /// A line of ours that is on its way, without an id yet.
  func outgoing(
    _ text: String, in chat: ChatID, attachments: [AttachmentRecord] = []
  ) -> MessageRecord {
    MessageRecord(
      chat: chat, id: "", senderId: own, at: time.wallTime, text: text, status: .queued,
      attachments: attachments, own: true)
  }

  /// A line that says what the owner did, on its way to those who are to hear of it.
  func outgoing(_ note: MessageNote, in chat: ChatID) -> MessageRecord {
    var line = outgoing("", in: chat)
    (line.kind, line.notes) = (.system, [note])
    return line
  }

  /// The line that says that somebody in a group is there no more.
  func departure(of number: String, from chat: ChatID) -> MessageRecord {
    MessageRecord(
      chat: chat, id: "", at: time.wallTime, text: "", kind: .system,
      notes: [.unregistered(who: person(number))])
  }

  func step(_ step: SessionStep) -> TextSecureStep {
    var record = TextSecureStep()
    record.identities = step.identities.mapValues(\.serialized)
    for (address, session) in step.sessions {
      record.sessions[TextSecureAddress(address)] = session.serialized
    }
    for (number, keys) in step.baseKeys {
      record.startingKeys += keys.map { StartingKey($0, of: number) }
    }
    record.endedNumbers = step.endedNumbers.sorted()
    record.unsealedNumbers = step.unsealedNumbers.sorted()
    record.newLastResort = step.newLastResort.map {
      .init(privateKey: $0.key.keyPair.privateKey, madeAt: $0.madeAt)
    }
    record.spentPreKeys = step.spentPreKeys.sorted().map(Int64.init)
    record.newPreKeys = step.newPreKeys.map {
      PreKeyRecord(id: Int64($0.id), privateKey: $0.keyPair.privateKey)
    }
    record.nextPreKeyId = step.nextPreKeyID.map(Int64.init)
    record.sealed =
      step.unsealed.map { .init(outboxId: $0.message, receiver: $0.number, bytes: nil) }
      + step.sealed.map {
        .init(outboxId: $0.key.message, receiver: $0.key.number, bytes: $0.value.serialized)
      }
    record.arrivals = step.received.map { arrival($0) }
    return record
  }

  private func arrival(_ received: ReceivedMessage) -> TextSecureArrival {
    let number = received.source.number
    var arrival = TextSecureArrival(
      number: number, relay: received.relay, at: moment(received), dialog: dialog(with: number))
    arrival.now = time.wallTime
    arrival.isUndated = arrival.at != Int64(clamping: received.timestamp)
    switch received.outcome {
    case .content(let content):
      arrival.comesOnce = true
      arrival.provesRelay = true
      let attachments = attachments(of: content)
      if content.body?.isEmpty == false || !attachments.isEmpty {
        arrival.message = line(received, content.body ?? "", attachments: attachments)
      }
      arrival.group = content.group.map { edit($0, from: number) }
    case .unencrypted(let content):
      arrival.message = line(received, content.body ?? "", notes: [.unencrypted])
    case .sessionEnded:
      arrival.comesOnce = true
      arrival.provesRelay = true
      arrival.message = line(received, kind: .system, notes: [.sessionEnded(by: person(number))])
    case .untrusted(let identity, let signal):
      arrival.message = line(received, kind: .held, notes: [.heldBack])
      arrival.changed = (identity.serialized, signal)
    case .unreadable(let error):
      arrival.message = line(
        received, kind: .unreadable,
        notes: [.flawed(flaw: MessageFlaw(error))])
    }
    return arrival
  }

  private func line(
    _ received: ReceivedMessage, _ text: String = "", attachments: [AttachmentRecord] = [],
    kind: MessageKind = .text, notes: [MessageNote] = []
  ) -> MessageRecord {
    let number = received.source.number
    return MessageRecord(
      chat: TextSecureRecords.key(number), id: "", senderId: number, senderName: name(of: number),
      at: moment(received), text: text, kind: kind, notes: notes,
      attachments: attachments)
  }

  /// When a message was sent, as far as that can be believed.
  private func moment(_ received: ReceivedMessage) -> Int64 {
    let claimed = Int64(clamping: received.timestamp)
    let now = time.wallTime
    let latest = max(now + TextSecureRecords.tolerance, TextSecureRecords.beginning)
    return TextSecureRecords.beginning...latest ~= claimed ? claimed : now
  }

  private func attachments(of content: PushContent) -> [AttachmentRecord] {
    content.attachments.map(attachment)
      + (0..<content.brokenAttachments).map { _ in
        AttachmentRecord(type: "application/octet-stream", detail: .broken)
      }
  }

  private func attachment(_ pointer: AttachmentPointer) -> AttachmentRecord {
    AttachmentRecord(
      name: ContentType.fileName(for: pointer.contentType), type: pointer.contentType,
      source: Base64.encode(pointer.serialized))
  }

  // MARK: Groups

  private func edit(_ context: GroupContext, from number: String) -> GroupEdit {
    GroupEdit(id: Hexadecimal.encode(context.id)) { known in
      guard let known, var group = Group(known) else {
        guard let group = Group(context, from: number) else {
          return .refused(.unknownGroup(by: self.person(number)))
        }
        let line = MessageNote.created(
          by: self.person(number), title: group.name,
          members: self.people(group.members.filter { $0 != number }))
        return .accepted(GroupRecord(group), lines: [line], showsMessage: false)
      }
      guard group.members.contains(number) else {
        return .refused(.stranger(by: self.person(number), title: group.name))
      }
      switch context.kind {
      case .update, .quit:
        guard let change = group.apply(context, from: number) else { return .ignored }
        return .accepted(
          GroupRecord(group), lines: self.lines(change, by: number), showsMessage: false)
      case .deliver, .unknown:
        guard group.isActive else { return .ignored }
        return .accepted(known, lines: [], showsMessage: true)
      }
    }
  }

  private func lines(_ change: Group.Change, by number: String) -> [MessageNote] {
    switch change {
    case .created: []
    case .left(let who): [.left(by: person(who))]
    case .updated(let title, let joined):
      [
        title.map { .renamed(by: person(number), title: $0) },
        joined.isEmpty ? nil : .added(by: person(number), members: people(joined)),
      ].compactMap(\.self)
    }
  }

  /// Who did something, by what the owner calls them now.
  func person(_ number: String) -> NotedPerson { .named(name: name(of: number)) }

  /// Those to whom something happened, the owner among them.
  func people(_ numbers: [String]) -> [NotedPerson] {
    numbers.map { $0 == own ? .you : person($0) }
  }
}

extension Group {
  /// A group as it was kept; nil if its id is damaged.
  package init?(_ record: GroupRecord) {
    guard let id = Hexadecimal.decode(record.id) else { return nil }
    var avatar: AttachmentPointer?
    if let bytes = record.avatar {
      // Without its picture a group is still a group.
      do { avatar = try AttachmentPointer(bytes) } catch { avatar = nil }
    }
    self.init(
      id: id, name: record.name, members: record.members, avatar: avatar,
      isActive: record.isActive)
  }
}

extension GroupRecord {
  init(_ group: Group) {
    self.init(
      id: Hexadecimal.encode(group.id), name: group.name, members: group.members,
      avatar: group.avatar?.serialized, isActive: group.isActive)
  }
}
