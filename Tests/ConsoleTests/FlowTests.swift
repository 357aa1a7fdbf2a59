import Clocks
import TestSupport
import Testing

@testable import Accounts

@Suite struct BroadcastTests {
  @Test func everyListenerHearsEverythingFromItsStart() async {
    let broadcast = Broadcast<Int>()
    let early = broadcast.listen()
    broadcast.send(1)
    let late = broadcast.listen()
    broadcast.send(2)
    broadcast.finish()
    #expect(await early.reduce(into: []) { $0.append($1) } == [1, 2])
    #expect(await late.reduce(into: []) { $0.append($1) } == [2])
    #expect(await broadcast.listen().reduce(into: []) { $0.append($1) } == [])
  }

  @Test func aSlowListenerKeepsTheNewest() async {
    let broadcast = Broadcast<Int>(capacity: 2)
    let slow = broadcast.listen()
    for number in 1...5 { broadcast.send(number) }
    broadcast.finish()
    #expect(await slow.reduce(into: []) { $0.append($1) } == [4, 5])
  }
}

@Suite struct ActivityTrackerTests {
  @Test func idleWhenTheLastOfEachNameHasLeft() async {
    let ledger = ActivityTracker()
    #expect(ledger.isIdle)
    ledger.begin("a")
    ledger.begin("a")
    ledger.begin("b")
    #expect(ledger.entries == ["a": 2, "b": 1])
    async let idle: Void = ledger.untilIdle()
    ledger.end("a")
    ledger.end("b")
    #expect(!ledger.isIdle)
    ledger.end("a")
    await idle
    #expect(ledger.isIdle)
    await ledger.untilIdle()
  }

  @Test func workThatThrowsLeavesToo() async {
    struct Failure: Error {}
    let ledger = ActivityTracker()
    await #expect(throws: Failure.self) {
      try await ledger.during("a") { () throws(Failure) in
        #expect(!ledger.isIdle)
        throw Failure()
      }
    }
    #expect(ledger.isIdle)
  }
}

@Suite struct AsyncGateTests {
  private let time = ManualTime()

  @Test func openingLetsEverybodyThrough() async {
    let latch = AsyncGate()
    async let first: Void = latch.wait(atMost: .seconds(1), time: time)
    async let second: Void = latch.wait(atMost: .seconds(1), time: time)
    await time.untilSleeping(2)
    latch.open()
    _ = await (first, second)
    await latch.wait(atMost: .seconds(1), time: time)
  }

  @Test func aClosedLatchHoldsUntilTheLimit() async {
    let latch = AsyncGate()
    latch.open()
    latch.close()
    async let wait: Void = latch.wait(atMost: .seconds(1), time: time)
    await time.untilSleeping(1)
    time.advance(by: .seconds(1))
    await wait
  }

  @Test("A limit of nothing does not wait, however it races")
  func noLimit() async {
    for _ in 0..<50 { await AsyncGate().wait(atMost: .zero, time: time) }
  }

  @Test("A cancelled wait ends once, whenever the cancellation comes")
  func cancelled() async {
    for round in 0..<200 {
      let latch = AsyncGate()
      let waiting = Task { await latch.wait(atMost: .seconds(1), time: time) }
      if round.isMultiple(of: 2) { await Task.yield() }
      waiting.cancel()
      latch.open()
      await waiting.value
    }
  }
}

@Suite struct AudienceTests {
  @Test("Somebody is there for ten minutes after a key; where no keys are told, somebody may be")
  func presence() {
    let audience = Audience()
    #expect(audience.isThere(at: .seconds(100_000)))
    #expect(!audience.note(at: .seconds(100)), "the first key is no return")
    #expect(audience.isThere(at: .seconds(100) + Audience.patience - .seconds(1)))
    #expect(!audience.isThere(at: .seconds(100) + Audience.patience))
    #expect(audience.note(at: .seconds(5000)), "somebody comes back")
    #expect(!audience.note(at: .seconds(5001)))
    #expect(audience.isThere(at: .seconds(5002)))
  }
}
