import Cryptography
import FoundationEssentials
import Storage
import Testing

@testable import Accounts
@testable import Domain
@testable import MaxService
@testable import TradingService

/// The keys that `--json` prints are a contract with scripts: every key on every line, whatever is
/// unknown as null.
@Suite struct LinesTests {
  private func json(_ line: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(line), as: UTF8.self)
  }

  /// Encodes as `text`, and reads back as the same line.
  private func check<Line: Codable & Equatable>(_ line: Line, _ text: String) throws {
    #expect(try json(line) == text)
    #expect(try JSONDecoder().decode(Line.self, from: Data(text.utf8)) == line)
  }

  @Test func messengerLines() throws {
    try check(
      ChatOutput(ChatRecord(chat: "max:0", service: .max, kind: .saved, title: "Saved")),
      #"{"chat":"max:0","kind":"saved","lastMessage":null,"lastMessageAt":null,"muted":false,"#
        + #""service":"max","title":"Saved","unread":0}"#)
    try check(
      MessageOutput(
        MessageRecord(
          chat: "max:1", id: "2", at: 3, text: "",
          attachments: [AttachmentRecord(name: nil, type: "photo")])),
      #"{"at":3,"attachments":[{"bytes":null,"name":"photo","path":null,"type":"photo"}],"#
        + #""chat":"max:1","edited":false,"from":null,"id":"2","reactions":[],"#
        + #""replyTo":null,"#
        + #""status":"received","text":""}"#)
    #expect(
      MessageOutput(MessageRecord(chat: "max:1", id: "2", senderId: "5", at: 3, text: "")).from
        == "5"
    )
  }

  @Test("A call shows its token and password only when asked to")
  func callLines() throws {
    let call = CallRecord(
      service: .max, conversationId: "c", callerId: "5", kind: .audio, at: 1, token: Secret("t"),
      turnPassword: Secret("p"))
    try check(
      CallOutput(call, revealing: false),
      #"{"at":1,"caller":null,"callerId":"5","conversationId":"c","event":"incoming","#
        + #""kind":"audio","signaling":null,"stun":null,"turn":[],"turnUser":null}"#)
    #expect(try json(CallOutput(call, revealing: true)).contains(#""token":"t""#))
    #expect(try json(CallOutput(call, revealing: true)).contains(#""turnPassword":"p""#))
    for state in CallRecord.State.allCases where state != .ringing {
      var ended = call
      ended.state = state
      #expect(CallOutput(ended, revealing: false).event == state.rawValue)
    }
  }

  @Test func tradingLines() throws {
    let order = OrderRecord(
      clientOrderId: "a", status: .unknown, from: "ETH", to: "USDT", amount: "1.50",
      slippageBps: 30, createdAt: 4)
    try check(
      OrderOutput(order),
      #"{"amount":"1.50","at":4,"clientOrderId":"a","expectedOut":null,"filledOut":null,"#
        + #""from":"ETH","minimumOut":null,"orderId":null,"reason":null,"status":"UNKNOWN","#
        + #""to":"USDT","txHash":null,"updatedAt":null}"#)
    try check(
      SwapOutput(order),
      #"{"clientOrderId":"a","filledOut":null,"orderId":null,"status":"UNKNOWN","txHash":null}"#)
    try check(
      BalanceOutput(BalanceRecord(asset: "ETH", total: "2.60", locked: "0.4", at: 5)),
      #"{"asset":"ETH","at":5,"available":"2.2","locked":"0.4","total":"2.60"}"#)
    try check(
      QuoteOutput(
        from: "ETH", to: "USDT", amount: "1", expectedOut: "2", price: nil, fee: nil,
        expiresAt: nil, route: []),
      #"{"amount":"1","expectedOut":"2","expiresAt":null,"fee":null,"from":"ETH","price":null,"#
        + #""route":[],"to":"USDT"}"#)
  }

  @Test func otherLines() throws {
    try check(
      StatusOutput(
        service: .trading, state: "online", account: nil, rttMs: nil, skewMs: -3, unread: 0,
        outbox: 0),
      #"{"account":null,"outbox":0,"rttMs":null,"service":"trading","skewMs":-3,"#
        + #""state":"online","unread":0}"#)
    try check(
      LoginOutput(service: .max, state: "online", account: nil),
      #"{"account":null,"service":"max","state":"online"}"#)
    try check(
      JournalOutput(rows: 3, whole: true, brokenAt: nil, reason: nil),
      #"{"brokenAt":null,"reason":null,"rows":3,"whole":true}"#)
    try check(HaltOutput(halted: true), #"{"halted":true}"#)
  }

  @Test("Every lamp has its own word")
  func lampWords() {
    let error = UserError(.failed, code: "x", "a", hint: "b")
    let lamps: [ConnectionState] = [
      .notSetUp, .connecting, .online, .waiting(until: 0), .stopped(error),
    ]
    #expect(
      lamps.map(\.word) == ["signed-out", "connecting", "online", "waiting", "stopped"])
  }

  @Test("What is available of unreadable or overdrawn balances")
  func available() {
    func available(_ total: String, _ locked: String) -> String {
      BalanceRecord(asset: "X", total: total, locked: locked, at: 0).available
    }
    #expect(available("1.10", "1.1") == "0")
    #expect(available("1", "2") == "-1")
    #expect(available("?", "2") == "?")
    #expect(available("0.1", "0.000000000000000000000001") == "0.099999999999999999999999")
  }
}
