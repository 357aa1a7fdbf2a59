import Cryptography
import Domain
import Testing

@testable import Trading

/// Expected signatures were computed with Python's hmac module, and two of them with openssl.
@Suite struct SignatureTests {
  static let nonce = "00112233445566778899aabbccddeeff"
  static let time: Int64 = 1_732_526_400_000

  func composer(
    _ dialect: Dialect = .doc, secret: String = "fake-secret-for-tests"
  )
    -> FrameComposer
  {
    FrameComposer(
      credentials: TradingCredentials(key: Secret("fake-key"), secret: Secret(secret)),
      dialect: dialect)
  }

  func estimate() throws -> Operation {
    .estimate(
      try QuoteRequest(
        from: "ETH", to: "USDT", amount: try Amount(userText: "1.5"), network: "ETH",
        filter: ["binance", "gate"]))
  }

  func swap() throws -> Operation {
    .swap(
      try SwapRequest(
        from: "ETH", to: "USDT", amount: try Amount(userText: "1.5"), slippageBps: 30,
        clientOrderId: try #require(ClientOrderID("client_ord_123")), filter: ["binance", "gate"]))
  }

  func signature(_ frame: String) throws -> String {
    let tail = try #require(frame.split(separator: #""sig":""#, maxSplits: 1).last)
    return String(tail.prefix(64))
  }

  @Test func authenticates() throws {
    let frame = try composer().frame(
      for: .auth, keyOrder: .sorted, timestamp: Self.time, nonce: Self.nonce)
    #expect(
      frame
        == #"{"op":"auth","key":"fake-key","ts":1732526400000,"nonce":"00112233445566778899aabbccddeeff","sig":"eb145b710bde349ea436958053920c5849ca45f0cdbc141d89f33ff74a6afb45"}"#
    )
  }

  @Test(arguments: [
    (KeyOrder.sorted, "6a7dface00c9f0a1a23cee3ad1be59e2d633bc8f2db21e94d43dec9fbaa27c89"),
    (.documented, "b37f3ea0bab73c06f39f7794346801087e43c448e2dbf04ba1e4e006fd4a0d25"),
  ])
  func signsEstimates(order: KeyOrder, expected: String) throws {
    let frame = try composer().frame(
      for: try estimate(), keyOrder: order, timestamp: Self.time, nonce: Self.nonce)
    #expect(try signature(frame) == expected)
  }

  @Test(arguments: [
    (
      KeyOrder.sorted, "962044d8e1de71af255d57d0d699abbe020820677a8e87c7d8667a286f96be71",
      #"{"amount":"1.5","clientOrderId":"client_ord_123","filter":["binance","gate"],"from":"ETH","slippage_bps":30,"to":"USDT"}"#
    ),
    (
      .documented, "18f9281ddacb7d3fc069ea7ef7ef8e1afe00898b13f7eea6c98081289d8acc75",
      #"{"from":"ETH","to":"USDT","amount":"1.5","slippage_bps":30,"clientOrderId":"client_ord_123","filter":["binance","gate"]}"#
    ),
  ])
  func signsSwaps(order: KeyOrder, expected: String, data: String) throws {
    let frame = try composer().frame(
      for: try swap(), keyOrder: order, timestamp: Self.time, nonce: Self.nonce)
    #expect(try signature(frame) == expected)
    #expect(frame.hasSuffix(#","data":\#(data)}"#), "what is sent must be what was hashed")
  }

  @Test func signsOrderStatusAndBalances() throws {
    let status = try composer().frame(
      for: .orderStatus(id: "ord_123456"), keyOrder: .sorted, timestamp: Self.time,
      nonce: Self.nonce)
    #expect(
      try signature(status) == "95e5d557977b93201fd86d1d1efec73eb6f79f19fb38b39157ff97e6b379af1d")
    let balances = try composer().frame(
      for: .balances, keyOrder: .sorted, timestamp: Self.time, nonce: Self.nonce)
    #expect(
      try signature(balances) == "9b5df71a0632bf5920d9dccda7dc491290428de3d225100c9f1e9f1a73b297e9")
    #expect(balances.hasSuffix(#""data":{}}"#))
  }

  @Test func speaksTheDialectOfTheVendorsLibraries() throws {
    func frame(_ operation: Operation) throws -> String {
      try composer(.sdk).frame(
        for: operation, keyOrder: .sorted, timestamp: Self.time, nonce: Self.nonce)
    }
    #expect(
      try signature(try frame(.auth))
        == "66b5644279b7c5fc69ed86d41bfdedcb73e2cd361e821a1527a4c75f200a1be6")
    #expect(
      try signature(try frame(try swap()))
        == "1253cc79f5344fa71287aa987d86384e3d74d6878ac2e1cab8f7f0a2d4fe827e")
    #expect(try frame(try swap()).contains(#""amountIn":"1.5","assetIn":"ETH","assetOut":"USDT""#))
    #expect(
      try signature(try frame(.balances))
        == "44b9c00e8dd5dea2d3b8307d502dad2b4389af52684ba059d817fcd408d196d8")
    #expect(!(try frame(.balances).contains("data")))
  }

  @Test(arguments: [
    (
      String(repeating: "k", count: 100),
      "238efabb7772227eb07fc1f84de9bd8d47bca8756971705436f2ef4b4e2ac377"
    ),
    (" pass\u{e9} ", "b507a54cd319f10fe900897dd26a6edc25843c9f5ea4cdd6f64a0854ea2b64b1"),
  ])
  func usesTheSecretsBytesAsTheyAre(secret: String, expected: String) {
    #expect(
      composer(secret: secret).signature(
        path: "stream", timestamp: Self.time, nonce: Self.nonce, data: nil) == expected)
  }

  @Test func subscribesUnsigned() throws {
    let frame = try composer().frame(
      for: .subscribe(.order("ord_123456")), keyOrder: .sorted, timestamp: Self.time,
      nonce: Self.nonce)
    #expect(frame == #"{"op":"subscribe","ch":"orders:ord_123456"}"#)
  }

  @Test(arguments: ["or d", "ord\"", "ord\\", "їжак", "a&b", "<", "a/b", "\n"])
  func refusesTextThatServersRewrite(id: String) {
    #expect(throws: TradingError.self) {
      try composer().frame(
        for: .orderStatus(id: id), keyOrder: .sorted, timestamp: Self.time, nonce: Self.nonce)
    }
    #expect(throws: TradingError.self) {
      try composer().frame(
        for: .subscribe(.order(id)), keyOrder: .sorted, timestamp: Self.time, nonce: Self.nonce)
    }
  }

  @Test func refusesKeysThatNeedEscaping() {
    let composer = FrameComposer(
      credentials: TradingCredentials(key: Secret("a\"b"), secret: Secret("x")), dialect: .doc)
    #expect(throws: TradingError.invalid("The API key has characters that no key has.")) {
      try composer.frame(for: .auth, keyOrder: .sorted, timestamp: 0, nonce: "n")
    }
  }

  @Test func staysWithin64Kilobytes() throws {
    let names = (0..<6000).map { "venue-\($0)" }
    let request = try QuoteRequest(
      from: "A", to: "B", amount: try Amount(userText: "1"), filter: names)
    #expect(throws: TradingError.tooLarge(limit: 65_536)) {
      try composer().frame(for: .estimate(request), keyOrder: .sorted, timestamp: 0, nonce: "n")
    }
  }

  @Test func writesComputedAmountsInPlainDigits() throws {
    let tiny = try #require(Amount(serverText: "1e-9"))
    let data = try composer().data(
      of: .estimate(try QuoteRequest(from: "A", to: "B", amount: tiny)), keyOrder: .documented)
    #expect(data?.text == #"{"from":"A","to":"B","amount":"0.000000001"}"#)
  }
}
