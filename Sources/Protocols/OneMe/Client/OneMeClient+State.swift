import Cryptography

extension OneMeClient {
  /// Logs in on this connection (seed 000, ChatSyncRequest).
  ///
  /// Servers void tokens that log in too often: once per connection is enough.
  /// - Parameter marker: `Snapshot.time` of the previous login, to be told of changes alone; 0 for
  ///   everything.
  public func logIn(token: Secret, marker: Int64 = 0) async throws(OneMeError) -> Snapshot {
    let login = Login(token: token, marker: marker, interactive: configuration.interactive)
    return try await ask(.logIn, login, ifEmpty: Snapshot())
  }

  /// Names and more of people by their ids, in batches of 100; unknown ids are missing in the answer.
  public func contacts(_ ids: [Int64]) async throws(OneMeError) -> [Contact] {
    let wanted = Set(ids).sorted()
    var found: [Contact] = []
    for start in stride(from: 0, to: wanted.count, by: 100) {
      let batch = Array(wanted[start..<min(start + 100, wanted.count)])
      found += try await ask(.contacts, ["contactIds": batch], ifEmpty: []) { object in
        object.list("contacts", of: Contact.self).elements
      }
    }
    return found
  }

  /// Who is there, by user id (opcode 35); in batches of 100.
  public func presence(of users: [Int64]) async throws(OneMeError) -> [Int64: Presence] {
    let wanted = Set(users).sorted()
    var found: [Int64: Presence] = [:]
    for start in stride(from: 0, to: wanted.count, by: 100) {
      let batch = Array(wanted[start..<min(start + 100, wanted.count)])
      let part = try await ask(.askPresence, ["contactIds": batch], ifEmpty: [:]) { object in
        object.map("presence", of: Presence.self).entries
      }
      found.merge(part) { $1 }
    }
    return found
  }

  /// The person behind a phone number (opcode 46); nil if nobody has it.
  public func contact(phone: PhoneNumber) async throws(OneMeError) -> Contact? {
    do throws(OneMeError) {
      return try await ask(.contactByPhone, ["phone": phone.description], ifEmpty: .some(nil)) {
        $0.optional("contact")
      }
    } catch {
      guard case .refused(let refusal) = error, refusal.kind == .notFound else { throw error }
      return nil
    }
  }

  /// Chats by their ids (opcode 48); unknown ids are missing in the answer.
  public func chats(_ ids: [Int64]) async throws(OneMeError) -> [Chat] {
    try await ask(.chatInfo, ["chatIds": ids], ifEmpty: []) { object in
      object.list("chats", of: Chat.self).elements
    }
  }

  /// The chats that a login's answer left out, newest first, page by page (opcode 53).
  ///
  /// - Parameters:
  ///   - marker: `Snapshot.chatMarker`, or the previous page's; else the oldest `lastEventTime` known.
  ///   - count: How many to ask for; the server may have its own mind.
  public func chats(before marker: Int64, count: Int = 40) async throws(OneMeError) -> ChatPage {
    try await ask(
      .chats, ["marker": marker, "count": Int64(min(max(count, 1), 100))], ifEmpty: ChatPage())
  }

  /// Whether a chat may make itself heard, on all of the account's devices (opcode 22).
  public func mute(chat: Int64, _ mute: Mute) async throws(OneMeError) {
    let until: Int64 =
      switch mute {
      case .off: 0
      case .always: -1
      case .until(let time): time
      }
    try await tell(
      .changeSettings, ["settings": ["chats": [String(chat): ["dontDisturbUntil": until]]]])
  }

  /// Keeps a draft for the account's other devices (opcode 176); nil throws it away (opcode 177). Not
  /// every server knows these.
  public func saveDraft(_ draft: Draft?, chat: Int64) async throws(OneMeError) {
    guard let draft else { return try await tell(.discardDraft, ["chatId": chat]) }
    try await tell(
      .saveDraft,
      DraftSaving(chatId: chat, text: draft.text, time: draft.time ?? time.wallTime))
  }

  /// Tells the server whether the chat is open on the screen, as the web client does (opcode 75).
  public func subscribe(chat: Int64, _ isOpen: Bool) async throws(OneMeError) {
    try await tell(.subscribe, Subscription(chatId: chat, subscribe: isOpen))
  }
}

/// A page of the account's chats.
public struct ChatPage: Sendable, Equatable {
  /// In no particular order.
  public var chats: [Chat]
  /// Where the next page begins; nil after the last.
  public var marker: Int64?

  /// A page with these chats.
  public init(chats: [Chat] = [], marker: Int64? = nil) {
    self.chats = chats
    self.marker = marker
  }
}

extension ChatPage: WireDecodable {
  init(from value: WireValue) throws {
    let object = try value.object()
    chats = object.list("chats", of: Chat.self).elements
    // A page without chats has nothing behind it, whatever its marker says.
    marker = chats.isEmpty ? nil : object.number("marker")
  }
}

private struct DraftSaving: Encodable {
  var chatId: Int64
  var text: String
  var time: Int64
}

private struct Subscription: Encodable {
  var chatId: Int64
  var subscribe: Bool
}

/// The markers have one value: each answer's `time` is the next marker of all of them.
private struct Login: Encodable {
  var token: Secret
  var interactive: Bool
  var chatsCount = 40
  var chatsSync: Int64
  var contactsSync: Int64
  var presenceSync: Int64
  var draftsSync: Int64

  init(token: Secret, marker: Int64, interactive: Bool) {
    self.token = token
    self.interactive = interactive
    chatsSync = marker
    contactsSync = marker
    presenceSync = marker
    draftsSync = marker
  }
}
