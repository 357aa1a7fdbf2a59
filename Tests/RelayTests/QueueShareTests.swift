import TestSupport
import Testing
import Transport

@testable import Relay

/// Whose messages a queue holds when more come than it can.
@Suite struct QueueShareTests {
  private let alice = RelayBench.alice
  private let bob = RelayBench.bob
  private let carol = "+14155550102"

  private func bench() async throws -> RelayBench {
    let bench = try await RelayBench { $0.rateFactor = 100 }
    for number in [alice, bob, carol] { try await bench.register(number) }
    return bench
  }

  @Test func whoFloodsADeviceShutsOutNobodyElse() async throws {
    let bench = try await bench()
    #expect(try await bench.send("genuine", to: bob, from: carol) == 200)
    var taken = 0
    while try await bench.send("flood", to: bob, from: alice) == 200, taken < 1200 { taken += 1 }
    #expect(taken == 500)
    let refused = try await bench.ask(
      "PUT", "/v1/messages/\(bob)", as: alice, "{\"messages\":[\(RelayBench.message("x"))]}")
    #expect(refused.status == 413)
    #expect(refused.headers["Retry-After"] == "60")
    #expect(try await bench.send("genuine", to: bob, from: carol) == 200)
    let waiting = try await bench.ask("GET", "/v1/messages", as: bob)
    let isThere = waiting.text.contains(carol)
    #expect(isThere)
  }

  @Test func bytesAreCountedToo() async throws {
    let bench = try await bench()
    let large = String(repeating: "x", count: 64 << 10)
    var taken = 0
    while try await bench.send(large, to: bob, from: alice) == 200, taken < 400 { taken += 1 }
    #expect(taken == 256)
    #expect(try await bench.send("small", to: bob, from: carol) == 200)
  }

  @Test func anAnswerWithMessagesIsOfABearableSize() async throws {
    struct List: Decodable {
      struct Message: Decodable { var timestamp: UInt64 }
      var messages: [Message]
      var more: Bool
    }
    let bench = try await bench()
    let large = String(repeating: "x", count: 60 << 10)
    for _ in 1...20 { #expect(try await bench.send(large, to: bob, from: alice) == 200) }
    let first = try await bench.ask("GET", "/v1/messages", as: bob)
    #expect(first.body.count < 1 << 20)
    let list = try first.json(List.self)
    #expect(list.more && list.messages.count == 8)
  }

  @Test func aDeviceThatHasGoneKeepsNobodyFromTheOthers() async throws {
    let bench = try await bench()
    #expect(try await bench.link(bob) == 2)
    bench.time.advance(by: .seconds(40 * 86_400))
    let path = "/v1/messages/\(bob)"
    let both =
      "{\"messages\":[\(RelayBench.message("x")),\(RelayBench.message("x", device: 2))]}"
    for _ in 1...500 {
      #expect(try await bench.ask("PUT", path, as: alice, both).status == 200)
    }
    // Neither has been here for a long time: nobody would get it.
    #expect(try await bench.ask("PUT", path, as: alice, both).status == 413)
    let line = try await bench.socket(bob)
    for id in 0..<500 {
      #expect(try await line.envelope().id == id)
      try await line.send("{\"type\":1,\"id\":\(id)}")
    }
    try await line.acknowledge(999)
    #expect(try await bench.ask("PUT", path, as: alice, both).status == 200)
    await line.connection.close()
  }
}
