import JSON

/// The account's calls, or those that changed since the cursor that was sent (MAX protocol notes
/// §4.6).
public struct CallHistory: Sendable, Equatable {
  /// In no particular order.
  public var calls: [CallLogEntry]
  /// For the next request; nil if the server did not say.
  public var cursor: Int64?
  /// Whether these replace everything known, instead of adding to it.
  public var isReset: Bool

  /// A history with these calls.
  public init(calls: [CallLogEntry] = [], cursor: Int64? = nil, isReset: Bool = false) {
    self.calls = calls
    self.cursor = cursor
    self.isReset = isReset
  }
}

/// One call of the account's log.
public struct CallLogEntry: Sendable, Equatable {
  /// The server's number of the entry.
  public var historyId: Int64?
  /// The conversation id of the call.
  public var callId: String
  /// Whether it was a video call.
  public var isVideo: Bool
  /// HUNGUP, CANCELED, REJECTED, MISSED, or another word of the server's.
  public var outcome: String?
  /// The MAX user id of who called.
  public var callerId: Int64?
  /// The chat in which the call took place; nil for none.
  public var chatId: Int64?
  /// The message that tells of the call in that chat.
  public var messageId: Int64?
  /// Wall-clock milliseconds.
  public var time: Int64
  /// How long the two talked.
  public var duration: Duration?
  /// What a call of several is called.
  public var name: String?

  /// An entry with these fields.
  public init(
    historyId: Int64? = nil, callId: String, isVideo: Bool = false, outcome: String? = nil,
    callerId: Int64? = nil, chatId: Int64? = nil, messageId: Int64? = nil, time: Int64 = 0,
    duration: Duration? = nil, name: String? = nil
  ) {
    self.historyId = historyId
    self.callId = callId
    self.isVideo = isVideo
    self.outcome = outcome
    self.callerId = callerId
    self.chatId = chatId
    self.messageId = messageId
    self.time = time
    self.duration = duration
    self.name = name
  }
}

extension CallHistory: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    calls = object.list("callHistoryItems", of: CallLogEntry.self).elements
    cursor = object.number("callHistorySync")
    isReset = object.flag("reset") ?? false
  }
}

extension CallLogEntry: WireDecodable {
  /// Fails for entries that are neither audio nor video calls, as other clients do.
  init(from value: TreeValue) throws {
    let object = try value.object()
    callId = try object.requiredName("callId")
    switch try object.required("callType", as: String.self) {
    case "AUDIO": isVideo = false
    case "VIDEO": isVideo = true
    default:
      throw value.corrupted("neither audio nor video")
    }
    historyId = object.number("historyId")
    outcome = object.name("hangupType")
    callerId = object.number("callerId")
    chatId = object.number("chatId").flatMap { $0 == 0 ? nil : $0 }
    messageId = object.number("messageId")
    time = object.moment("time") ?? 0
    duration = object.span("durationMs").map { .milliseconds($0) }
    name = object.name("callName")
  }
}

/// What opcode 165 tells: entries that came or went (MAX protocol notes §3.1).
public struct CallHistoryChange: Sendable, Equatable {
  /// Whether the entries are gone, instead of new.
  public var isRemoval: Bool
  /// The entries that are meant.
  public var calls: [CallLogEntry]

  /// A change of these entries.
  public init(isRemoval: Bool, calls: [CallLogEntry]) {
    self.isRemoval = isRemoval
    self.calls = calls
  }
}

extension CallHistoryChange: WireDecodable {
  /// Nobody has written down under which key the entries stand.
  init(from value: TreeValue) throws {
    let object = try value.object()
    isRemoval = object.text("action") == "REMOVE"
    let lists: [TreeKey] = ["callHistoryItems", "items", "callHistory"]
    let listed = lists.flatMap { object.list($0, of: CallLogEntry.self).elements }
    let single: [TreeKey] = ["callHistoryItem", "item"]
    calls = listed + single.compactMap { object.optional($0) }
    if calls.isEmpty { calls = [try CallLogEntry(from: value)] }
  }
}
