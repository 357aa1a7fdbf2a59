import CLZ4
import Cryptography
import Sandbox
import Testing
import Transport

@Suite struct MaxTrafficTests {
  @Test func theFirstCallRingsEightSecondsAfterLogin() async throws {
    let fixture = try await SandboxFixture(.everyday)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.pass(.seconds(8))
    let ring = try await line.push(137)
    #expect(ring.cmd == 0)
    #expect(ring.payload.callerId == .integer(Cast.pavel))
    #expect(ring.payload.type == "AUDIO")
    let id = try #require(ring.payload.conversationId.string)

    let configuration = try unpack(ring.payload.vcp.string ?? "")
    #expect(configuration.tkn.string?.isEmpty == false)
    #expect(configuration.wse.string?.hasPrefix("ws://127.0.0.1:") == true)
    #expect(configuration.trnu.string?.hasSuffix(":90\(Cast.ira)") == true)

    // The caller gives up after twenty seconds.
    await fixture.pass(.seconds(20))
    while true {
      let attachment = try await line.push(128).payload.message.attaches[0]
      guard attachment["_type"] == "CALL" else { continue }
      #expect(attachment.conversationId == .text(id))
      #expect(attachment.hangupType == "CANCELED")
      break
    }
    let history = try await line.ask(163, #"{"callHistorySync":0}"#)
    #expect(history.payload.callHistoryItems[0].callId == .text(id))
  }

  @Test func aCallCanBeDeclinedOnce() async throws {
    let fixture = try await SandboxFixture(.calls)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.pass(.seconds(3))
    let id = try await line.push(137).payload.conversationId.string ?? ""
    let request = #"{"conversationId":"\#(id)","reason":"REJECTED"}"#
    #expect(try await line.ask(167, request).payload == .null)
    let attachment = try await line.push(128).payload.message.attaches[0]
    #expect(attachment.hangupType == "REJECTED")
    #expect(try await line.ask(167, request).payload.error == "not.found")
  }

  @Test func twoRunsOfASeedAreTheSameAndOthersAreNot() async throws {
    func run(seed: UInt64) async throws -> [JSON] {
      let fixture = try await SandboxFixture(.everyday, seed: seed)
      let line = try await RawMaxConnection(fixture)
      _ = try await line.logIn(Cast.numbers.main)
      for _ in 0..<10 {
        await fixture.pass(.seconds(3))
      }
      return [try await line.push(128), try await line.push(128)]
    }
    let first = try await run(seed: 5)
    #expect(try await run(seed: 5) == first)
    #expect(try await run(seed: 6) != first)
  }

  @Test func busyMeansAHundredPushesASecond() async throws {
    let fixture = try await SandboxFixture(.busy)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    // However far the clock leaps, nothing is left out.
    await fixture.pass(.seconds(2))
    var last: Int64 = 0
    while last < 150 { last = try #require(try await line.line.json().seq.integer) }
  }

  @Test func quietMeansQuiet() async throws {
    let fixture = try await SandboxFixture(.quiet)
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.pass(.seconds(44))
    try await line.line.send(
      RawMaxConnection.frame(seq: 50, opcode: 1, #"{"interactive":true}"#))
    #expect(try await line.line.json().cmd == 1)
  }

  /// Decodes `SIZE:BASE64` of one LZ4 block.
  private func unpack(_ text: String) throws -> JSON {
    let parts = text.split(separator: ":", maxSplits: 1)
    let size = try #require(parts.first.flatMap { Int($0) })
    let block = try #require(parts.last.flatMap { Base64.decode($0) })
    var output = [CChar](repeating: 0, count: size)
    let count = LZ4_decompress_safe(
      block.map { CChar(bitPattern: $0) }, &output, Int32(block.count), Int32(size))
    #expect(Int(count) == size)
    return try JSON(String(decoding: output.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
