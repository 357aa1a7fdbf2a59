import Clocks
import Sandbox
import TestSupport
import Testing
import TradingSupport
import Transport

@testable import Trading

/// The sandbox's clock is off, its window is ±30 s: trading works within three refusals, none of them
/// a swap's, and the skew is told.
@Suite(.timeLimit(.minutes(10))) struct ServerSkewTests {
  private func check(_ seconds: Int, faults: String, refusals: Int) async throws {
    let rig = try await TradingRig(
      faults: "skew=\(seconds)\(faults)", time: FastTime(factor: 1))
    let client = rig.client()
    let listener = EventListener()
    await listener.listen(to: client)
    await client.start()
    await listener.untilOnline()
    guard case .accepted = try await client.trade("mine-1") else {
      Issue.record("the swap was not accepted")
      return
    }
    await client.stop()
    await rig.end()
    #expect(rig.log.refusals.count <= refusals, "\(rig.log.refusals)")
    #expect(rig.log.refusals.allSatisfy { $0 == "Request timestamp outside allowed window" })
    #expect(rig.log.requests("swap") == 1)
    let told = await listener.seen.compactMap { event in
      if case .skew(let skew) = event { return skew.milliseconds }
      return nil as Int64?
    }
    #expect(told.contains { abs($0 - Int64(seconds) * 1000) <= 30_000 }, "\(told)")
    let isWarned = await listener.seen.contains { event in
      if case .warning(.clockOff) = event { return true }
      return false
    }
    #expect(isWarned == (abs(seconds) > 300))
  }

  @Test(arguments: [3600, -3600, 1234, -2001, 31, -45])
  func isReadFromTheAnswerToTheUpgrade(seconds: Int) async throws {
    try await check(seconds, faults: "", refusals: 0)
  }

  @Test(arguments: [3600, -3600, 1234, -2001, 47])
  func isAskedForWhenTheUpgradeHasNoDate(seconds: Int) async throws {
    try await check(seconds, faults: ",no-date", refusals: 1)
  }

  @Test(arguments: [3600, -3600])
  func isGuessedWhenNobodyTellsTheTime(seconds: Int) async throws {
    try await check(seconds, faults: ",no-date,no-time", refusals: 3)
  }
}
