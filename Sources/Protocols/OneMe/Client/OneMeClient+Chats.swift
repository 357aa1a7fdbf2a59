import JSON

extension OneMeClient {
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
  init(from value: TreeValue) throws {
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
