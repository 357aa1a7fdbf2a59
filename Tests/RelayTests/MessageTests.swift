import Cryptography
import TestSupport
import Testing
import Transport

@testable import Relay

@Suite struct MessageTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob

  private func pair() async throws -> RelayFixture {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    try await fixture.register(bob, id: 77)
    return fixture
  }

  private func signal(_ text: String, at time: Int64) -> [UInt8] {
    IncomingSignal(
      type: 1, source: alice, sourceDevice: 1, timestamp: UInt64(time), message: Array(text.utf8)
    ).encoded
  }

  @Test func aMessageReachesAConnectedDeviceByteForByte() async throws {
    let fixture = try await pair()
    let line = try await fixture.socket(bob)
    #expect(try await fixture.send("one", to: bob, from: alice) == 200)
    let first = try await line.envelope()
    #expect(first.id == 0)
    #expect(first.signal == signal("one", at: fixture.time.wallTime))
    _ = try await fixture.ask(
      "PUT", "/v1/messages/\(bob)", as: alice,
      "{\"timestamp\":1395187200000,\"messages\":[\(RelayFixture.message("two"))]}")
    let second = try await line.envelope()
    #expect(second.id == 1)
    #expect(second.signal == signal("two", at: 1_395_187_200_000))
  }

  @Test func whatIsNotAcknowledgedComesAgainInOrder() async throws {
    let fixture = try await pair()
    for text in ["a", "b", "c"] { _ = try await fixture.send(text, to: bob, from: alice) }
    let line = try await fixture.socket(bob, name: "user")
    for id in 0...2 { #expect(try await line.envelope().id == id) }
    try await line.acknowledge(1)
    try await line.acknowledge(99)
    await line.connection.close()
    let again = try await fixture.socket(bob)
    #expect(try await again.envelope().signal == signal("a", at: fixture.time.wallTime))
    #expect(try await again.envelope().signal == signal("c", at: fixture.time.wallTime))
  }

  @Test func whatWasAcknowledgedBeforeNonsenseIsOffTheQueue() async throws {
    let fixture = try await pair()
    for text in ["a", "b", "c"] { _ = try await fixture.send(text, to: bob, from: alice) }
    let line = try await fixture.socket(bob, name: "user")
    for id in 0...2 { #expect(try await line.envelope().id == id) }
    // They come in one piece.
    try await line.connection.send(
      ["{\"type\":1,\"id\":0}", "{\"type\":1,\"id\":1}", "nonsense", "{\"type\":1,\"id\":2}"]
        .map { .text($0) })
    #expect(await line.connection.closure == .byPeer(code: 1008, reason: "Not understood"))
    let again = try await fixture.socket(bob)
    #expect(try await again.envelope().signal == signal("c", at: fixture.time.wallTime))
  }

  @Test func aSecondConnectionTakesThePlaceOfTheFirst() async throws {
    let fixture = try await pair()
    let first = try await fixture.socket(bob)
    let second = try await fixture.socket(bob)
    #expect(await first.connection.closure == .byPeer(code: 4409, reason: "Replaced"))
    _ = try await fixture.send("x", to: bob, from: alice)
    #expect(try await second.envelope().id == 0)
  }

  @Test func badCredentialsAreRefusedInEachDialectsWay() async throws {
    let fixture = try await pair()
    let newer = try await fixture.socket(bob, password: "wrong")
    #expect(await newer.connection.closure == .byPeer(code: 4001, reason: "Unauthorized"))
    await #expect(throws: TransportError.self) {
      try await fixture.socket(bob, name: "user", password: "wrong")
    }
    await #expect(throws: TransportError.self) { try await fixture.socket("nobody", name: "user") }
  }

  @Test(arguments: ["{\"type\":9}", "nonsense", "{}", "[1"])
  func whatCannotBeUnderstoodClosesTheLine(_ text: String) async throws {
    let fixture = try await pair()
    let line = try await fixture.socket(bob)
    try await line.send(text)
    #expect(await line.connection.closure == .byPeer(code: 1008, reason: "Not understood"))
  }

  @Test func theDevicesMustBeExactlyTheRegisteredOnes() async throws {
    let fixture = try await pair()
    let second = try await fixture.link(bob)
    let path = "/v1/messages/\(bob)"
    let wrong = try await fixture.ask(
      "PUT", path, as: alice,
      "{\"messages\":[\(RelayFixture.message("x")),\(RelayFixture.message("x", device: 3))]}")
    #expect(wrong.status == 409)
    #expect(wrong.text == "{\"extraDevices\":[3],\"missingDevices\":[2]}")
    let none = try await fixture.ask("PUT", path, as: alice, "{\"messages\":[]}")
    #expect(none.status == 409)
    #expect(none.text == "{\"extraDevices\":[],\"missingDevices\":[1,2]}")
    let stale = try await fixture.ask(
      "PUT", path, as: alice,
      """
      {"messages":[\(RelayFixture.message("x", registration: 77)),
      \(RelayFixture.message("x", device: second, registration: 1))]}
      """)
    #expect(stale.status == 410)
    #expect(stale.text == "{\"staleDevices\":[2]}")
    let right = try await fixture.ask(
      "PUT", path, as: alice,
      """
      {"messages":[\(RelayFixture.message("x", registration: 0)),
      \(RelayFixture.message("to two", device: second, registration: 9))]}
      """)
    #expect(right.status == 200)
    let line = try await fixture.socket("\(bob).\(second)")
    #expect(try await line.envelope().signal == signal("to two", at: fixture.time.wallTime))
  }

  @Test func badMessagesAreRefused() async throws {
    let fixture = try await pair()
    let path = "/v1/messages/\(bob)"
    func status(_ body: String, type: String? = "application/json") async throws -> Int {
      try await fixture.ask("PUT", path, as: alice, body, type: type).status
    }
    let whole = "{\"messages\":[\(RelayFixture.message("x"))]}"
    #expect(try await status("{\"messages\":") == 415)
    #expect(try await status(whole, type: "text/plain") == 415)
    #expect(try await status(whole, type: nil) == 415)
    #expect(try await status(whole, type: "application/json; charset=utf-8") == 200)
    #expect(try await status("{}") == 422)
    #expect(try await status("{\"messages\":[{\"type\":1,\"body\":\"\"}]}") == 422)
    #expect(try await status("{\"messages\":[{\"type\":1,\"body\":\"*\"}]}") == 422)
    #expect(try await status("{\"messages\":[{\"type\":-1,\"body\":\"eA\"}]}") == 422)
    #expect(try await status("{\"relay\":\"far\",\"messages\":[]}") == 404)
    let long = String(repeating: "A", count: 90_000)
    #expect(try await status("{\"messages\":[{\"type\":1,\"body\":\"\(long)\"}]}") == 413)
    let huge = String(repeating: " ", count: RelayAPI.jsonBytes)
    #expect(try await status(huge + whole) == 413)
    let deep = String(repeating: "[", count: 100_000)
    #expect(try await status("{\"messages\":\(deep)") == 415)
    let unknown = try await fixture.send("x", to: "+14155559999", from: alice)
    #expect(unknown == 404)
    // Android of 2014 pads, the document does not.
    #expect(try await status("{\"messages\":[{\"type\":\"3\",\"body\":\"eA\"}]}") == 200)
  }

  @Test func sendingIsRationed() async throws {
    let fixture = try await pair()
    for _ in 1...60 { #expect(try await fixture.send("x", to: bob, from: alice) == 200) }
    let refused = try await fixture.ask("PUT", "/v1/messages/\(bob)", as: alice, "{}")
    #expect(refused.status == 413)
    #expect(refused.headers["Retry-After"] == "1")
    fixture.time.advance(by: .seconds(1))
    #expect(try await fixture.send("x", to: bob, from: alice) == 200)
  }

  @Test func manyClientsSendAndReceiveAtOnce() async throws {
    let fixture = try await RelayFixture()
    let people = (10...25).map { "+141555503\($0)" }
    for number in people { try await fixture.register(number) }
    let received = try await withThrowingTaskGroup(of: Int.self) { group in
      for (index, number) in people.enumerated() {
        let friend = people[(index + 1) % people.count]
        group.addTask {
          for text in 1...5 {
            guard try await fixture.send("\(text)", to: friend, from: number) == 200 else {
              return 0
            }
          }
          return 0
        }
        group.addTask {
          let line = try await fixture.socket(number)
          for id in 0..<5 {
            guard try await line.envelope().id == id else { return 0 }
            try await line.send("{\"type\":1,\"id\":\(id)}")
          }
          await line.connection.close()
          return 5
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(received == people.count * 5)
  }
}
