import Testing
import Transport

@testable import Sandbox

@Suite struct MaxFaultTests {
  @Test func aPlanIsReadStrictly() throws {
    let plan = try FaultPlan(parsing: "skew=-5,drop-after-swap@2,error-shape=seed,oversize")
    #expect(plan.faults.map(\.kind) == [.skew, .dropAfterSwap, .errorShape, .oversize])
    #expect(plan.faults[0].value == "-5")
    #expect(plan.faults[1].occurrence == 2)
    for text in [
      "skew", "skew=x", "drop-after-swap=1", "drop-after-swap@0", "error-shape=odd",
      "refuse-upgrade=200", "skew=1@2",
    ] {
      #expect(throws: SandboxError.self) { try FaultPlan(parsing: text) }
    }
    #expect(throws: SandboxError.unknownFault("explode")) { try FaultPlan(parsing: "explode=1") }
    for (wrong, right) in [("dropevery", "drop-every"), ("no-pusch", "no-push"), ("skow", "skew")] {
      #expect(SandboxError.unknownFault(wrong).description.contains("nearest is “\(right)”"))
    }
    let long = SandboxError.unknownFault(String(repeating: "x", count: 10_000))
    #expect(long.description.count < 250)
    #expect(throws: SandboxError.unknownScenario("x")) { try Scenario(named: "x") }
  }

  /// What stands in the table for something that is written instead.
  private let placeholders: Set = [
    "N", "WORD", "OPERATION", "OPERATION:MS", "OPERATION:WORD", "OPCODE:MS", "OPCODE:ERROR",
  ]

  @Test func everyFaultStandsInTheTableAsItIsWritten() throws {
    #expect(Fault.table.count == Fault.Kind.allCases.count)
    for (form, summary) in Fault.table {
      #expect(form.count + summary.count < 90 && !summary.isEmpty, "\(form)")
      let bare = form.replacing("[@n]", with: "").replacing("[=N]", with: "")
      let parts = bare.split(separator: "=")
      let words = parts.dropFirst().first?.split(separator: "|").map(String.init) ?? []
      for word in words where !placeholders.contains(word) {
        _ = try FaultPlan(parsing: "\(parts[0])=\(word)")
      }
      if words.isEmpty { _ = try FaultPlan(parsing: bare + (form.hasSuffix("[@n]") ? "@2" : "")) }
    }
    // What completion offers whole can be planned as it stands.
    for offer in Fault.offers where !offer.hasSuffix("=") && !offer.hasSuffix(":") {
      _ = try FaultPlan(parsing: offer)
    }
  }

  @Test func dropEveryCountsFrames() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "drop-every=3"))
    _ = try await line.greet()
    _ = try await line.ask(1, #"{"interactive":true}"#)
    try await line.line.send(RawMaxConnection.frame(seq: 9, opcode: 1, "{}"))
    #expect(try await line.line.closure() == .reset)
  }

  @Test func errorsCanHaveTheDocumentsShape() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "error-shape=seed"))
    let answer = try await line.ask(17)
    #expect(answer.cmd == 1)
    #expect(answer.payload == .object(["error": "proto.state"]))
  }

  @Test func anOldClientIsRefused() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "unsupported-version"))
    #expect(try await line.greet().payload.error == "client.unsupported-version")
  }

  @Test func theSecondLoginFindsItsTokenRevoked() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "revoke-token"))
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    #expect(try await line.logIn(token: token).cmd == 1)
    #expect(try await line.logIn(token: token).payload.error == "login.token")
    #expect(try await line.logIn(token: token).payload.error == "login.token")
  }

  @Test func aPushCanHaveTheNumberOfAPendingRequest() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "push-collides"))
    _ = try await line.logIn(Cast.numbers.main)
    let answer = try await line.ask(1, #"{"interactive":true}"#)
    let push = try await line.push(132)
    #expect(push.seq == answer.seq)
    #expect(push.cmd == 0)
  }

  @Test func anOversizedFrameFollowsTheLogin() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "oversize=3"))
    _ = try await line.logIn(Cast.numbers.main)
    guard case .text(let text) = try await line.line.next() else {
      Issue.record("no frame")
      return
    }
    #expect(text.utf8.count > 3 << 20)
  }

  @Test func garbageFollowsTheLoginAndTheLineStays() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "garbage"))
    _ = try await line.logIn(Cast.numbers.main)
    #expect(try await line.line.next() == .text("this is no JSON {"))
    #expect(try await line.line.next() == .text("[11,0,1]"))
    guard case .binary = try await line.line.next() else {
      Issue.record("no binary frame")
      return
    }
    #expect(try await line.ask(1, #"{"interactive":true}"#).cmd == 1)
  }

  @Test func oneOpcodeCanBeMute() async throws {
    let line = try await RawMaxConnection(SandboxFixture(faults: "no-answer=49"))
    _ = try await line.logIn(Cast.numbers.main)
    try await line.line.send(
      RawMaxConnection.frame(
        seq: 50, opcode: 49, #"{"chatId":0,"from":1,"forward":0,"backward":1}"#))
    try await line.line.send(
      RawMaxConnection.frame(seq: 51, opcode: 1, #"{"interactive":true}"#))
    #expect(try await line.line.json().seq == 51)
  }

  @Test func theFirstLoginCanBeSentElsewhere() async throws {
    let fixture = try await SandboxFixture(faults: "redirect")
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    let host = try await line.push(3).payload.redirectHost.string ?? ""
    #expect(fixture.sandbox.endpoints.maxURL == "ws://\(host)/websocket")
    #expect(try await line.line.closure() == .byPeer(code: 1000, reason: ""))
  }

  @Test func aSessionCanBeEndedFromElsewhere() async throws {
    let fixture = try await SandboxFixture(faults: "forced-logout-after=9")
    let line = try await RawMaxConnection(fixture)
    let signedIn = try await line.enter(Cast.numbers.main)
    let token = signedIn.payload.tokenAttrs.LOGIN.token.string ?? ""
    _ = try await line.logIn(token: token)
    await fixture.pass(.seconds(9))
    #expect(try await line.push(20).cmd == 0)
    #expect(try await line.ask(158).payload.error == "proto.state")
    #expect(try await line.logIn(token: token).payload.error == "login.token")
  }
}
