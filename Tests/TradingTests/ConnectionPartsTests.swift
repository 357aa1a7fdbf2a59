import Clocks
import Cryptography
import Domain
import TestSupport
import Testing
import Transport

@testable import Trading

@Suite struct ConnectionPartsTests {
  @Test func letsFiftyThroughAtOnceAndNeverAHundredASecond() {
    var bucket = TokenBucket()
    let burst = (0..<50).map { _ in bucket.take(at: .zero) }
    #expect(burst.allSatisfy { $0 == .zero })
    #expect(bucket.take(at: .zero) > .milliseconds(22))
    // As fast as it lets us, after a rest in which it saved up all it can.
    var now = Duration.seconds(10)
    var moments: [Duration] = []
    while now < .seconds(15) {
      let wait = bucket.take(at: now)
      if wait == .zero { moments.append(now) } else { now += wait }
    }
    let most = moments.map { start in
      moments.count { $0 >= start && $0 < start + .seconds(1) }
    }.max()
    #expect(most.map { (90...96).contains($0) } == true, "\(most ?? 0)")
  }

  @Test func asksInOrderOfUrgency() async throws {
    let amount = try Amount(userText: "1")
    let quote = Trading.Operation.estimate(try QuoteRequest(from: "A", to: "B", amount: amount))
    let swap = Trading.Operation.swap(
      try SwapRequest(
        from: "A", to: "B", amount: amount, slippageBps: 1,
        clientOrderId: try #require(ClientOrderID("x"))))
    let arriving: [Trading.Operation] = [
      quote, .balances, .subscribe(.balances), .orderStatus(id: "1"), .orderStatus(id: "2"), swap,
      .auth, quote,
    ]
    var queue = RequestQueue()
    var superseded: [Int] = []
    for (id, operation) in arriving.enumerated() {
      // The continuation is only carried; it is resumed at once so that none leaks.
      _ =
        await withCheckedContinuation { answer in
          let request = RequestQueue.Request(id: id, operation: operation, answer: answer)
          superseded += queue.insert(request).map(\.id)
          answer.resume(returning: .success(.done))
        } as Result<Reply, TradingError>
    }
    var order: [String] = []
    while let request = queue.popFirst() { order.append("\(request.operation.name) \(request.id)") }
    #expect(
      order == [
        "auth 6", "swap 5", "order_status 3", "order_status 4", "subscribe 2", "balances 1",
        "estimate 7",
      ])
    #expect(superseded == [0])
  }

  @Test func calledEqualWhileNothingSpeaksAgainstIt() {
    var skew = SkewEstimate()
    skew.narrow(from: -700, to: 320)
    #expect(skew.offset == 0)
    skew.narrow(from: 10, to: 900)
    #expect(skew.offset == 10, "two readings together say more than each")
  }

  @Test func ratherLateThanEarly() {
    var behind = SkewEstimate()
    behind.narrow(from: 3_599_500, to: 3_600_500)
    #expect(behind.offset == 3_599_500)
    var ahead = SkewEstimate()
    ahead.narrow(from: -3_600_500, to: -3_599_500)
    #expect(ahead.offset == -3_600_500)
    ahead.narrow(from: -200, to: 800)
    #expect(ahead.offset == 0, "somebody set a clock: the newest reading counts")
  }

  @Test func believesAModestGlimpseOfTheServersClock() {
    var skew = SkewEstimate()
    skew.raise(to: 2_500)
    #expect(skew.offset == 2_500)
    skew.raise(to: 400)
    #expect(skew.offset == 2_500)
    skew.raise(to: 1_000_000_000)
    #expect(skew.offset == 2_500)
  }

  @Test func guessesInWideningSteps() {
    var skew = SkewEstimate()
    var guesses: [Int64] = []
    while skew.step(refused: skew.offset) { guesses.append(skew.offset) }
    #expect(guesses.prefix(5) == [3_600_000, -3_600_000, 45_000, -45_000, 90_000])
    #expect(guesses.count == 42)
    #expect(guesses.last == -900_000)
  }

  @Test func keepsAGuessThatWasAccepted() {
    var skew = SkewEstimate()
    #expect(skew.step(refused: 0) == true)
    skew.accept()
    #expect(skew.offset == 3_600_000)
    #expect(skew.step(refused: 0) == true, "a refusal from before the guess is no news")
    #expect(skew.offset == 3_600_000)
  }

  @Test func doubtsAMeasurementThatIsRefused() {
    var skew = SkewEstimate()
    skew.narrow(from: 7_000_000, to: 7_001_000)
    #expect(skew.step(refused: 7_000_000) == true)
    #expect(skew.offset == 0, "perhaps only the Date was wrong")
  }

  @Test func keepsWhatTheServerToldWhenItsDateDisagrees() {
    var skew = SkewEstimate()
    skew.narrow(from: -500, to: 400)
    skew.correct(to: 1_234_000)
    #expect(skew.offset == 1_234_000)
    skew.narrow(from: -300, to: 600)
    #expect(skew.offset == 1_234_000, "the next connection's date is as wrong as the first one's")
  }

  @Test func addsAGlimpseToAGuess() {
    var skew = SkewEstimate()
    #expect(skew.step(refused: 0) == true)
    skew.accept()
    skew.raise(to: 3_600_800)
    #expect(skew.offset == 3_600_800)
  }

  @Test func runsOnWhenTheWallClockIsSet() {
    let time = ManualTime(wallTime: 1_000_000)
    let clock = ServerClock(time: time)
    time.advance(by: .seconds(5))
    time.setWallTime(9_000_000)
    #expect(clock.now == 1_005_000)
    #expect(clock.refused(offset: 0))
    #expect(clock.now == 9_000_000, "refused: perhaps it was set right")
    #expect(clock.skew == .zero)
  }

  @Test func mergesPushesAndTrustsSnapshots() throws {
    func balance(_ asset: String, _ total: String) throws -> Balance {
      Balance(asset: asset, total: try Amount(userText: total), locked: .zero)
    }
    var sheet = BalanceSheet()
    sheet.apply([try balance("ETH", "2"), try balance("BTC", "1")], isSnapshot: true)
    sheet.apply([try balance("ETH", "3")], isSnapshot: false)
    #expect(sheet.balances.map { "\($0.asset) \($0.total)" } == ["BTC 1", "ETH 3"])
    sheet.apply([try balance("USDT", "9")], isSnapshot: true)
    #expect(sheet.balances.map(\.asset) == ["USDT"])
  }

  @Test func flagsALockThatExceedsTheTotal() throws {
    let odd = Balance(
      asset: "X", total: try Amount(userText: "1"), locked: try Amount(userText: "1.5"))
    #expect(odd.isInconsistent)
    #expect(odd.available.plainText == "-0.5")
  }

  @Test func makesOrderIdsThatFit() {
    let ids = (0..<50).map { ClientOrderID.random(from: SeededRandom(seed: $0)).text }
    #expect(Set(ids).count == 50)
    #expect(ids.allSatisfy { ClientOrderID($0) != nil && $0.count == 36 })
    for wrong in ["", "a b", "ä", "a.b", String(repeating: "a", count: 37)] {
      #expect(ClientOrderID(wrong) == nil)
    }
  }
}
