import Clocks
import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Sandbox

@Suite struct SandboxTests {
  @Test func theFirstEventIsTheContractsFirstLine() async throws {
    let fixture = try await SandboxFixture()
    let first = try await fixture.event { $0 }
    let line = try JSON(String(decoding: JSONEncoder().encode(first), as: UTF8.self))
    let endpoints = fixture.sandbox.endpoints
    #expect(
      line
        == .object([
          "event": "listening", "max": .text(endpoints.maxURL),
          "maxBinary": .text(endpoints.maxBinaryURL),
          "trading": .text(endpoints.tradingURL),
          "textsecure": .text(endpoints.textsecureURL),
          "textsecureContacts": .array([
            .object(["number": "+14155550199", "name": "Echo"]),
            .object(["number": "+14155550188", "name": "Nadia"]),
          ]),
          "tradingKey": .text(endpoints.tradingKey),
          "tradingSecret": .text(endpoints.tradingSecret.revealed),
        ]))
  }

  @Test func aCodeIsAnEvent() async throws {
    let event = SandboxEvent.sms(service: .max, number: "+79990001122", code: "123456")
    let line = try JSON(String(decoding: JSONEncoder().encode(event), as: UTF8.self))
    #expect(
      line
        == .object([
          "event": "sms", "service": "max", "number": "+79990001122", "code": "123456",
        ]))
  }

  @Test func aCodeOfTheRelayIsAnEventToo() async throws {
    let fixture = try await SandboxFixture()
    let url = fixture.sandbox.endpoints.textsecureURL
    let answer = try await fixture.network.send(
      HTTPRequest(url: url + "/v1/accounts/sms/code/+14155550100"))
    #expect(answer.status == 200)
    let code = try await fixture.event { event in
      if case .sms(.textsecure, "+14155550100", let code) = event { code } else { nil }
    }
    #expect(code.count == 6)
    let request = try await fixture.event { event in
      if case .request(.textsecure, 0, let name) = event { name } else { nil }
    }
    #expect(request == "GET /v1/accounts/{transport}/code/{number} 200")
  }

  @Test func itServesOverTLSWithItsOwnCertificate() async throws {
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    var options = SandboxOptions()
    options.scenario = .quiet
    options.tls = true
    let network = Network()
    await #expect(throws: SandboxError.self) {
      try await Sandbox.start(options, network: network, time: ManualTime())
    }
    options.certificateDirectory = scratch.path
    let sandbox = try await Sandbox.start(options, network: network, time: ManualTime())
    #expect(sandbox.endpoints.maxURL.hasPrefix("wss://"))
    var request = WebSocketRequest(url: sandbox.endpoints.maxURL)
    await #expect(throws: TransportError.self) { try await network.connect(request) }
    request.headers["Origin"] = "https://web.max.ru"
    request.certificateAuthorityFile = sandbox.endpoints.certificateAuthorityFile
    let connection = try await network.connect(request)
    try await connection.send(
      .text(RawMaxConnection.frame(seq: 0, opcode: 6, RawMaxConnection.hello)))
    var messages = connection.messages.makeAsyncIterator()
    guard case .text(let text) = await messages.next() else {
      Issue.record("no answer")
      return
    }
    #expect(try JSON(text).payload.location == "RU")
    await sandbox.stop()
  }

  @Test func aPortInUseIsSaidPlainly() async throws {
    let fixture = try await SandboxFixture()
    let url = fixture.sandbox.endpoints.maxURL
    var options = SandboxOptions()
    options.portBase = try #require(UInt16(url.split(separator: ":")[2].prefix { $0 != "/" }))
    let taken = options
    var complaint = ""
    do throws(SandboxError) {
      _ = try await Sandbox.start(taken, network: fixture.network, time: fixture.time)
    } catch {
      complaint = error.description
    }
    // The next ports may be somebody else's: any of them is reason enough.
    let ports = (0..<3).map { "Port \(Int(taken.portBase) + $0) cannot be used" }
    #expect(ports.contains { complaint.hasPrefix($0) })
  }

  @Test func stoppingClosesTheConnectionsAndEndsTheEvents() async throws {
    let fixture = try await SandboxFixture(.everyday)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.sandbox.stop()
    #expect(try await line.line.closure() == .byPeer(code: 1001, reason: ""))
    for await _ in fixture.sandbox.events {}
  }

  @Test func eventsThatNobodyReadsAreForgotten() async {
    let log = EventLog()
    for number in 1...5000 { log.report(.connected(.max, connection: number)) }
    log.finish()
    var numbers: [Int] = []
    for await event in log.stream {
      if case .connected(_, let number) = event { numbers.append(number) }
    }
    #expect(numbers == Array(905...5000))
  }
}
