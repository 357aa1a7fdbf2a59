import FoundationEssentials
import JSON
import Testing

@testable import OneMe

/// Whatever a server writes for a number, what is decoded can be reckoned with.
struct ForeignNumberTests {
  /// The widest that any number may be that is neither an id nor a cursor: sums of thousands of these
  /// fit in 64 bits.
  private static let bound = Int64(1) << 51

  private static let extremes = [
    "9223372036854775807", "-9223372036854775808", "\"9223372036854775807\"",
    "\"-9223372036854775808\"", "-1", "9223372036854775806", "1e300", "-1e300",
    "18446744073709551615", "0.5",
  ]

  private static let message = """
    {"id":"117637123948544000","time":1795000060250,"type":"USER","sender":67890022,\
    "cid":1795000060001,"text":"a b","updateTime":1795000060251,"stats":{"views":3},\
    "elements":[{"type":"STRONG","from":1,"length":7,"entityId":4}],\
    "attaches":[{"_type":"PHOTO","photoId":1,"baseUrl":"u","width":2,"height":3},\
    {"_type":"VIDEO","videoId":1,"duration":5,"width":2,"height":3},\
    {"_type":"FILE","fileId":9,"name":"n","size":48213},\
    {"_type":"AUDIO","audioId":1,"url":"u","duration":4},\
    {"_type":"CALL","conversationId":"c","callType":"AUDIO","duration":7,"contactIds":[1]},\
    {"_type":"LOCATION","latitude":1.5,"longitude":2.5},\
    {"_type":"CONTACT","contactId":8,"name":"n"}],\
    "link":{"type":"REPLY","messageId":1,"chatId":3,"message":{"id":"1","sender":2,"text":"t",\
    "elements":[{"type":"LINK","from":8,"length":19}],"attaches":[]}},\
    "reactionInfo":{"counters":[{"reaction":"x","count":2}],"totalCount":2}}
    """

  private static let chat = """
    {"id":121058319,"type":"DIALOG","owner":5,"participants":{"5":1795000000103},\
    "participantsCount":2,"lastEventTime":1795000000103,"newMessages":1,"lastMessage":\(message)}
    """

  private static let call = """
    {"historyId":77,"callId":"c","callerId":6,"chatId":12,"messageId":11,"callType":"AUDIO",\
    "hangupType":"HUNGUP","time":1795000000103,"durationMs":1000}
    """

  private static let contact =
    #"{"id":6,"names":[{"name":"n","type":"ONEME"}],"phone":79991234567}"#

  /// Every push that is decoded, by its opcode.
  private static let pushes: [(Opcode, String)] = [
    (
      .message,
      #"{"chatId":1,"message":\#(message),"unread":1,"mark":2,"prevMessageId":"3","chat":\#(chat)}"#
    ),
    (.typing, #"{"chatId":1,"userId":2,"type":"TEXT"}"#),
    (.mark, #"{"chatId":1,"userId":2,"mark":1795000060250}"#),
    (.contact, #"{"contact":\#(contact)}"#),
    (.presence, #"{"userId":1,"presence":{"seen":1795000000,"status":1}}"#),
    (.settings, #"{"config":{"chats":{"1":{"dontDisturbUntil":5}}}}"#),
    (.chat, #"{"chat":\#(chat)}"#),
    (
      .incomingCall,
      #"{"vcp":"42:8Bt7InRrbiI6IlQ/Iiwid3NlIjoid3NzOi8vdi93czIiLCJpdiI6dHJ1ZX0=","chatId":0,"callerId":6,"conversationId":"c","type":"AUDIO"}"#
    ),
    (.messagesDeleted, #"{"chatId":1,"messageIds":["1"],"ttl":4}"#),
    (.rangeDeleted, #"{"chatId":1,"startTime":1795000000103,"endTime":1795000000104}"#),
    (.draft, #"{"chatId":1,"draft":{"text":"t","time":1795000000103}}"#),
    (.draftDiscarded, #"{"chatId":1,"time":1795000000103}"#),
    (.delayedMessage, #"{"chatId":1,"message":\#(message)}"#),
    (.profile, #"{"profile":{"contact":\#(contact)}}"#),
    (.uploadReady, #"{"fileId":1}"#),
    (.callHistoryChanged, #"{"action":"ADD","callHistoryItems":[\#(call)]}"#),
    (
      .reactions,
      #"{"chatId":1,"messageId":2,"counters":[{"reaction":"x","count":1}],"totalCount":1}"#
    ),
    (.ownReaction, #"{"chatId":1,"messageId":2,"yourReaction":"x"}"#),
  ]

  private static let snapshot = """
    {"profile":{"contact":\(contact)},"chats":[\(chat)],"contacts":[\(contact)],\
    "messages":{"1":[\(message)]},"presence":{"6":{"seen":1795000000,"status":1}},\
    "drafts":{"chats":{"saved":{"1":{"text":"t","time":5}}}},\
    "config":{"chats":{"1":{"dontDisturbUntil":5}},\
    "server":{"max-msg-length":4000,"edit-timeout":604800,"presence-ttl":300}},\
    "time":1795000000555,"chatMarker":1790000000000}
    """

  @Test("A push with the largest, the least and no number in each of its fields")
  func pushesWithAnyNumber() throws {
    #expect(Set(Self.pushes.map(\.0)).isSuperset(of: PushDecoders.table.keys), "all are tried")
    for (opcode, payload) in Self.pushes {
      let decode = try #require(PushDecoders.table[opcode])
      try each(payload) { text in
        guard let event = try? Frame.payload(of: .text(text), decode) else { return }
        check(event, in: text)
      }
    }
  }

  @Test("An answer with the largest, the least and no number in each of its fields")
  func answersWithAnyNumber() throws {
    try each(Self.snapshot) { check(decoded($0, Snapshot.self), in: $0) }
    try each(#"{"callHistoryItems":[\#(Self.call)],"callHistorySync":5,"reset":false}"#) {
      check(decoded($0, CallHistory.self), in: $0)
    }
    try each(
      #"{"token":"t","codeLength":6,"requestMaxDuration":60000,"requestCountLeft":3,"altActionDuration":60000}"#
    ) { check(decoded($0, CodeChallenge.self), in: $0) }
    try each(#"{"token":"t","token_lifetime_ts":1795000000555,"token_refresh_ts":1795000000555}"#) {
      check(decoded($0, CallToken.self), in: $0)
    }
    try each(#"{"client":"c","time":1795000000555}"#) {
      check(decoded($0, DeviceSession.self), in: $0)
    }
    try each(#"{"chats":[\#(Self.chat)],"marker":5}"#) {
      check(decoded($0, ChatPage.self), in: $0)
    }
    try each(#"{"qrLink":"l","trackId":"t","pollingInterval":5000,"ttl":60000,"expiresAt":5}"#) {
      let code = try? Frame.payload(of: .text($0)) {
        try QRCode($0.object(), now: 1_795_000_000_000)
      }
      check(code, in: $0)
    }
  }

  @Test("A call configuration that ends at any time")
  func configurations() throws {
    for number in Self.extremes {
      let json = #"{"tkn":"t","wse":"wss://v","et":\#(number)}"#
      check(try? CallConfiguration(json: Array(json.utf8)), in: json)
    }
  }

  @Test("Of what one message carries no more is taken than people send")
  func parts() throws {
    func many(_ one: String) -> String {
      "[" + [String](repeating: one, count: 1000).joined(separator: ",") + "]"
    }
    let text = """
      {"ver":11,"cmd":0,"seq":1,"opcode":1,"payload":{"id":1,"time":1,"sender":6,"text":"t",\
      "attaches":\(many(#"{"_type":"STICKER"}"#)),\
      "elements":\(many(#"{"type":"STRONG","from":0,"length":1}"#))}}
      """
    let message = try #require(decoded(text, Message.self))
    #expect(message.attachments.count == WireBounds.attachments)
    #expect(message.spans.count == WireBounds.parts)
  }

  private func decoded<Value: WireDecodable>(_ text: String, _ type: Value.Type) -> Value? {
    (try? Frame.payload(of: .text(text)) { try Value(from: $0) }) ?? nil
  }

  /// A frame with `payload`, once as it is, and once for each of its numbers and each extreme.
  private func each(_ payload: String, _ body: (String) -> Void) throws {
    let tree = try #require(ComparableJSON(payload).value)
    let frame = { (text: String) in #"{"ver":11,"cmd":0,"seq":1,"opcode":1,"payload":\#(text)}"# }
    body(frame(payload))
    let places = numbers(in: tree, [])
    #expect(!places.isEmpty || !payload.contains(where: \.isNumber))
    for place in places {
      for extreme in Self.extremes {
        let mark = "\u{1}here\u{1}"
        let text = replacing(place[...], in: tree, by: .string(mark)).text(pretty: false)
        body(frame(text.replacing(#""\u0001here\u0001""#, with: extreme)))
      }
    }
  }

  private func numbers(in tree: JSONValue, _ path: [String]) -> [[String]] {
    switch tree {
    case .integer, .number: [path]
    case .string(let text): Int64(text) == nil ? [] : [path]
    case .array(let elements):
      elements.enumerated().flatMap { numbers(in: $1, path + [String($0)]) }
    case .object(let fields): fields.flatMap { numbers(in: $1, path + [$0]) }
    case .bool, .null: []
    }
  }

  private func replacing(
    _ path: ArraySlice<String>, in tree: JSONValue, by value: JSONValue
  ) -> JSONValue {
    guard let key = path.first else { return value }
    switch tree {
    case .array(var elements):
      guard let index = Int(key) else { return tree }
      elements[index] = replacing(path.dropFirst(), in: elements[index], by: value)
      return .array(elements)
    case .object(var fields):
      fields[key] = fields[key].map { replacing(path.dropFirst(), in: $0, by: value) }
      return .object(fields)
    default: return tree
    }
  }

  /// No number in the value, but for ids and cursors, is one that a sum could overflow with.
  private func check(_ value: Any?, label: String = "", in text: String) {
    let ids = [
      "id", "owner", "sender", "phone", "cursor", "marker", "key", "participants", "chat", "user",
      "file", "video", "audio",
    ]
    let name = label.lowercased()
    guard !ids.contains(where: { name.hasSuffix($0) || name.hasSuffix($0 + "s") }) else { return }
    guard let value else { return }
    switch value {
    case let number as Int64: #expect(number.magnitude <= Self.bound, "\(label): \(text)")
    case let number as Int: #expect(number.magnitude <= Self.bound, "\(label): \(text)")
    case let span as Duration:
      #expect(span.components.seconds.magnitude <= Self.bound / 1000, "\(label): \(text)")
    default:
      for child in Mirror(reflecting: value).children {
        check(
          child.value, label: child.label.map { $0.hasPrefix(".") ? label : $0 } ?? label, in: text)
      }
    }
  }
}
