import Cryptography
import Domain
import Sandbox
import TestSupport
import Testing
import TradingSupport
import Transport

@testable import Trading

/// Servers that differ in their dialect and in what they hash accept what the client signs.
@Suite(.timeLimit(.minutes(10))) struct DialectTests {
  private func trades(
    _ faults: String, _ dialect: Dialect, _ order: KeyOrder = .sorted
  ) async throws -> (refusals: [String], seen: [TradingEvent]) {
    let rig = try await TradingRig(faults: faults, time: FastTime(factor: 2))
    let client = rig.client(rig.configuration(dialect, order))
    let listener = EventListener()
    await listener.listen(to: client)
    await client.start()
    await listener.untilOnline()
    let outcome = try await client.trade("mine-1")
    guard case .accepted = outcome else { throw Missed("an accepted swap: \(outcome)") }
    await listener.until("mine-1", is: .filled)
    #expect(try await client.balances().isEmpty == false)
    await client.stop()
    await rig.end()
    return (rig.log.refusals, await listener.seen)
  }

  @Test(arguments: Dialect.allCases, ["raw", "in-order", "sorted"])
  func sortedKeysPassEverywhere(dialect: Dialect, verifier: String) async throws {
    let run = try await trades("dialect=\(dialect),verifier=\(verifier)", dialect)
    #expect(run.refusals == [])
  }

  @Test(arguments: ["raw", "in-order", "documented"])
  func documentedKeysPassWhereTheOrderIsKept(verifier: String) async throws {
    #expect(try await trades("verifier=\(verifier)", .doc, .documented).refusals == [])
  }

  /// Found out by an estimate, never by a swap.
  @Test(arguments: [("sorted", KeyOrder.documented), ("documented", .sorted)])
  func theOrderOfKeysIsLearned(verifier: String, wrong: KeyOrder) async throws {
    let run = try await trades("verifier=\(verifier)", .doc, wrong)
    #expect(run.refusals == ["Invalid signature"])
    #expect(
      run.seen.contains(
        .dialect(
          SpokenDialect(dialect: .doc, keyOrder: wrong == .sorted ? .documented : .sorted))))
  }

  /// Every mixture, from either side: each difference is found by itself.
  @Test(arguments: Dialect.allCases, [Dialect.doc, .sdk])
  func aProbeFindsTheDialect(server: Dialect, first: Dialect) async throws {
    let rig = try await TradingRig(faults: "dialect=\(server)", time: FastTime(factor: 2))
    let probe = DialectProbe(
      configuration: rig.configuration(first), credentials: rig.credentials, network: rig.network,
      time: rig.time)
    let spoken = try await probe.run(within: .seconds(60))
    #expect(spoken == SpokenDialect(dialect: server, keyOrder: .sorted))
    await rig.end()
    #expect(rig.log.refusals.count <= 3, "\(rig.log.refusals)")
    if server == first { #expect(rig.log.refusals == []) }
    #expect(rig.log.requests("auth") == 1)
    #expect(rig.log.requests("swap") == 0)
  }

  /// An account that was signed in to with the right key and the document's names learns the rest from
  /// what it asks anyway, before anything is swapped.
  @Test(arguments: ["sdk-names", "sdk-empty", "sdk-names+sdk-empty"])
  func aClientLearnsWhatItWasNotTold(server: String) async throws {
    let run = try await trades("dialect=\(server)", .doc)
    #expect(run.refusals.count <= 2, "\(run.refusals)")
    let dialect = try #require(Dialect(rawValue: server))
    #expect(run.seen.contains(.dialect(SpokenDialect(dialect: dialect, keyOrder: .sorted))))
  }

  @Test func aRefusedQuestionIsAnsweredWithTheFirstRefusal() async throws {
    let rig = try await TradingRig(time: FastTime(factor: 2))
    let client = rig.client()
    let listener = EventListener()
    await listener.listen(to: client)
    await client.start()
    await listener.untilOnline()
    let text = "Invalid request: unsupported asset XXX"
    await #expect(throws: TradingError.refused(.badRequest, text: text)) {
      try await client.estimate(
        QuoteRequest(from: "ETH", to: "XXX", amount: Amount(userText: "1")))
    }
    await client.stop()
    await rig.end()
  }

  @Test func aProbeFindsTheOrderOfKeys() async throws {
    let rig = try await TradingRig(
      faults: "dialect=sdk,verifier=documented", time: FastTime(factor: 2))
    let probe = DialectProbe(
      configuration: rig.configuration(), credentials: rig.credentials, network: rig.network,
      time: rig.time)
    let spoken = try await probe.run(within: .seconds(60))
    #expect(spoken == SpokenDialect(dialect: .sdk, keyOrder: .documented))
    await rig.end()
    #expect(rig.log.requests("swap") == 0)
  }

  @Test func aProbeWithAWrongSecretSaysSo() async throws {
    let rig = try await TradingRig(time: FastTime(factor: 2))
    var credentials = rig.credentials
    credentials.secret = Secret("wrong")
    let probe = DialectProbe(
      configuration: rig.configuration(), credentials: credentials, network: rig.network,
      time: rig.time)
    await #expect(throws: TradingError.refused(.invalidSignature, text: "Invalid signature")) {
      try await probe.run(within: .seconds(60))
    }
    await rig.end()
    #expect(rig.log.refusals.count == 2)
  }
}
