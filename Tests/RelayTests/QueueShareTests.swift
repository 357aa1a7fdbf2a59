import TestSupport
import Testing
import Transport

@testable import Relay

/// Whose messages a queue holds when more come than it can.
@Suite struct QueueShareTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob
  private let carol = "+14155550102"

  private func fixture() async throws -> RelayFixture {
    let fixture = try await RelayFixture { $0.rateFactor = 100 }
    for number in [alice, bob, carol] { try await fixture.register(number) }
    return fixture
  }

  @Test func whoFloodsADeviceShutsOutNobodyElse() async throws {
    let fixture = try await fixture()
    #expect(try await fixture.send("genuine", to: bob, from: carol) == 200)
    var taken = 0
    while try await fixture.send("flood", to: bob, from: alice) == 200, taken < 1200 { taken += 1 }
    #expect(taken == 500)
    let refused = try await fixture.ask(
      "PUT", "/v1/messages/\(bob)", as: alice, "{\"messages\":[\(RelayFixture.message("x"))]}")
    #expect(refused.status == 413)
    #expect(refused.headers["Retry-After"] == "60")
    #expect(try await fixture.send("genuine", to: bob, from: carol) == 200)
    let waiting = try await fixture.ask("GET", "/v1/messages", as: bob)
    let isThere = waiting.text.contains(carol)
    #expect(isThere)
  }

  @Test func bytesAreCountedToo() async throws {
    let fixture = try await fixture()
    let large = String(repeating: "x", count: 64 << 10)
    var taken = 0
    while try await fixture.send(large, to: bob, from: alice) == 200, taken < 400 { taken += 1 }
    #expect(taken == 256)
    #expect(try await fixture.send("small", to: bob, from: carol) == 200)
  }

  @Test func anAnswerWithMessagesIsOfABearableSize() async throws {
    struct List: Decodable {
      struct Message: Decodable { var timestamp: UInt64 }
      var messages: [Message]
      var more: Bool
    }
    let fixture = try await fixture()
    let large = String(repeating: "x", count: 60 << 10)
    for _ in 1...20 { #expect(try await fixture.send(large, to: bob, from: alice) == 200) }
    let first = try await fixture.ask("GET", "/v1/messages", as: bob)
    #expect(first.body.count < 1 << 20)
    let list = try first.json(List.self)
    #expect(list.more && list.messages.count == 8)
  }

  @Test func aDeviceThatHasGoneKeepsNobodyFromTheOthers() async throws {
    let fixture = try await fixture()
    #expect(try await fixture.link(bob) == 2)
    fixture.time.advance(by: .seconds(40 * 86_400))
    let path = "/v1/messages/\(bob)"
    let both =
      "{\"messages\":[\(RelayFixture.message("x")),\(RelayFixture.message("x", device: 2))]}"
    for _ in 1...500 {
      #expect(try await fixture.ask("PUT", path, as: alice, both).status == 200)
    }
    // Neither has been here for a long time: nobody would get it.
    #expect(try await fixture.ask("PUT", path, as: alice, both).status == 413)
    let line = try await fixture.socket(bob)
    for id in 0..<500 {
      #expect(try await line.envelope().id == id)
      try await line.send("{\"type\":1,\"id\":\(id)}")
    }
    try await line.acknowledge(999)
    #expect(try await fixture.ask("PUT", path, as: alice, both).status == 200)
    await line.connection.close()
  }
}
