import Cryptography
import FoundationEssentials
import Storage
import Synchronization
import TestSupport
import Testing
import TradingSupport
import Transport

@testable import Accounts
@testable import Replay
@testable import Trading
@testable import TradingService

/// A session is recorded without secrets and plays back through the real client as it was.
@Suite(.timeLimit(.minutes(10))) struct ReplayTests {
  private static var fixtures: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/Fixtures"
  }

  /// Keeps what is recorded in memory.
  private final class Tape: TradingRecorder {
    private let frames = Mutex<[RecordedFrame]>([])
    var all: [RecordedFrame] { frames.withLock { $0 } }
    func record(_ frame: RecordedFrame) { frames.withLock { $0.append(frame) } }
  }

  private func replay(_ session: RecordedSession) async throws -> [ReplayOutput] {
    let lines = Mutex<[ReplayOutput]>([])
    try await SessionReplay(session, network: Network()).run { line in
      lines.withLock { $0.append(line) }
    }
    return lines.withLock { $0 }
  }

  /// What a replay must repeat: the moments are the recorded ones within the time that a step takes.
  private func gist(_ lines: [ReplayOutput]) -> [String] {
    lines.map { line in
      switch line {
      case .order(let order):
        "\(order.clientOrderId) \(order.orderId ?? "-") \(order.status) \(order.filledOut ?? "-")"
      case .balance(let balance): "\(balance.asset) \(balance.total) \(balance.locked)"
      }
    }
  }

  /// Swaps on the sandbox while everything is recorded; returns the recording and what was printed.
  private func record(
    faults: String
  ) async throws -> (frames: [RecordedFrame], printed: [ReplayOutput], secrets: [String]) {
    let rig = try await TradingRig(faults: faults, time: FastTime(factor: 2))
    let tape = Tape()
    var settings = HubSettings()
    settings[.trading].url = rig.sandbox.url
    let hub = AccountHub(
      environment: AccountEnvironment(
        store: try Store.inMemory(), network: rig.network, time: rig.time, random: SystemRandom()),
      settings: settings, services: [.trading(recorder: tape)])
    try await hub.environment.store.accounts.save(
      AccountRecord(
        service: .trading, url: rig.sandbox.url, identifier: rig.sandbox.key,
        secret: rig.sandbox.secret, createdAt: rig.time.wallTime))
    let printed = Mutex<[ReplayOutput]>([])
    let news = hub.environment.changes.listen()
    let printing = Task {
      var balances: [String: BalanceOutput] = [:]
      for await change in news {
        await ReplayOutput.lines(change, &balances) { line in printed.withLock { $0.append(line) } }
      }
    }
    let trader = try await hub.online(.exchange, as: TradingAccount.self)
    _ = try await trader.client.trade("mine-1", "0.1")
    for _ in 0..<400 where try await hub.environment.store.orders.order("mine-1")?.isOpen != false {
      try await rig.time.sleep(for: .milliseconds(100))
    }
    try await rig.time.sleep(for: .seconds(1))
    await hub.close()
    printing.cancel()
    await printing.value
    await rig.end()
    return (
      tape.all, printed.withLock { $0 }, [rig.sandbox.key, rig.sandbox.secret.revealed]
    )
  }

  @Test(arguments: ["", "drop-after-swap@1"])
  func playsBackWhatWasRecorded(faults: String) async throws {
    let (frames, printed, secrets) = try await record(faults: faults)
    let text = frames.map(\.jsonLine).joined(separator: "\n")
    for secret in secrets + [#"\"sig\""#, #"\"nonce\""#, #"\"key\""#] {
      #expect(!text.contains(secret))
    }
    let played = try await replay(RecordedSession(jsonLines: Array(text.utf8)))
    let (again, before) = (gist(played), gist(printed))
    #expect(again.filter { $0.hasPrefix("mine") } == before.filter { $0.hasPrefix("mine") })
    #expect(Set(again) == Set(before))
  }

  /// A recorded session of an everyday console: the line drops after a swap was sent, and the order is
  /// found again.
  @Test func playsAnOutageFromAFile() async throws {
    let bytes = try #require(FileManager.default.contents(atPath: Self.fixtures + "/outage.jsonl"))
    let played = gist(try await replay(RecordedSession(jsonLines: Array(bytes))))
    let statuses = played.filter { $0.hasPrefix("c-1") }.map { $0.split(separator: " ")[2] }
    #expect(statuses == ["SUBMITTING", "UNKNOWN", "PENDING", "PROCESSING", "FILLED"])
    #expect(played.contains("ETH 2.5 0.4"))
  }

  @Test func keepsWhatIsWholeOfACutRecording() {
    let whole = #"{"at":1,"event":"open","lane":"trade"}"#
    let cut = RecordedSession(jsonLines: Array("\(whole)\nnonsense\n\(whole)\n{\"at\":2,\"ev".utf8))
    #expect(cut.frames.count == 2)
    #expect(cut.unreadable == [2, 4])
    let empty = RecordedSession(jsonLines: [])
    #expect(empty.frames.isEmpty && empty.unreadable.isEmpty)
    let far = RecordedSession(
      jsonLines: Array(#"{"at":9223372036854775807,"event":"open","lane":"trade"}"#.utf8))
    #expect(far.frames.isEmpty && far.unreadable == [1])
  }

  @Test func leavesOutWhatIsSecret() {
    #expect(
      FrameRecorder.unsigned(#"{"op":"auth","key":"k","ts":5,"nonce":"n","sig":"s"}"#)
        == #"{"op":"auth","ts":5}"#)
    #expect(
      FrameRecorder.unsigned(#"{"op":"swap","ts":5,"nonce":"n","sig":"s","data":{"to":"USDT"}}"#)
        == #"{"op":"swap","ts":5,"data":{"to":"USDT"}}"#)
  }
}
