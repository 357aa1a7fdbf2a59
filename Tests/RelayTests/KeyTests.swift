import FoundationEssentials
import Testing

@testable import Relay

@Suite struct KeyTests {
  private let alice = RelayFixture.alice
  private let bob = RelayFixture.bob

  @Test func keysAreHandedOutOnceLowestFirstAndTheLastResortForEver() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    try await fixture.register(bob, id: 77)
    #expect(try await fixture.ask("GET", "/v1/keys/\(bob)", as: alice).status == 404)
    #expect(
      try await fixture.ask("PUT", "/v1/keys/", as: bob, RelayFixture.keys([9, 3])).status == 200)
    #expect(try await fixture.ask("GET", "/v1/keys/", as: bob).text == "{\"count\":2}")
    let identity = RelayFixture.publicKey(251)
    let first = try await fixture.ask("GET", "/v1/keys/\(bob)", as: alice)
    #expect(
      first.text == """
        {"deviceId":1,"identityKey":"\(identity)","keyId":3,\
        "publicKey":"\(RelayFixture.publicKey(3))","registrationId":77}
        """)
    let second = try await fixture.ask("GET", "/v1/keys/\(bob)/*", as: alice)
    #expect(
      second.text == """
        {"keys":[{"deviceId":1,"identityKey":"\(identity)","keyId":9,\
        "publicKey":"\(RelayFixture.publicKey(9))","registrationId":77}]}
        """)
    fixture.time.advance(by: .seconds(1200))
    for _ in 1...2 {
      let last = try await fixture.ask("GET", "/v1/keys/\(bob)/1", as: alice)
      #expect(
        last.text == """
          {"keys":[{"deviceId":1,"identityKey":"\(identity)","keyId":16777215,"lastResort":true,\
          "publicKey":"\(RelayFixture.publicKey(250))","registrationId":77}]}
          """)
    }
    #expect(try await fixture.ask("GET", "/v1/keys", as: bob).text == "{\"count\":0}")
  }

  @Test func fetchingIsRationedForEachPair() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    try await fixture.register(bob)
    _ = try await fixture.ask("PUT", "/v1/keys/", as: bob, RelayFixture.keys([1, 2, 3, 4]))
    for _ in 1...3 {
      #expect(try await fixture.ask("GET", "/v1/keys/\(bob)/*", as: alice).status == 200)
    }
    let refused = try await fixture.ask("GET", "/v1/keys/\(bob)/*", as: alice)
    #expect(refused.status == 413)
    #expect(refused.headers["Retry-After"] == "600")
    #expect(try await fixture.ask("GET", "/v1/keys/\(bob)/*", as: bob).status == 200)
  }

  @Test func whatIsNotThereIs404AndADeviceIsANumber() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    _ = try await fixture.ask("PUT", "/v1/keys/", as: alice, RelayFixture.keys([1, 2]))
    #expect(try await fixture.ask("GET", "/v1/keys/\(bob)", as: alice).status == 404)
    #expect(try await fixture.ask("GET", "/v1/keys/\(alice)/2", as: alice).status == 404)
    #expect(try await fixture.ask("GET", "/v1/keys/\(alice)/x", as: alice).status == 422)
    #expect(try await fixture.ask("GET", "/v1/keys/\(alice)?relay=other", as: alice).status == 404)
    #expect(try await fixture.ask("GET", "/v1/keys/\(alice)?relay=", as: alice).status == 200)
  }

  @Test func aStarMeansEveryActiveDevice() async throws {
    struct Keys: Decodable {
      struct Key: Decodable { var deviceId: Int }
      var keys: [Key]
    }
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    let second = try await fixture.link(alice)
    for user in [alice, "\(alice).\(second)"] {
      _ = try await fixture.ask("PUT", "/v1/keys/", as: user, RelayFixture.keys([1]))
    }
    let all = try await fixture.ask("GET", "/v1/keys/\(alice)/*", as: alice).json(Keys.self)
    #expect(all.keys.map(\.deviceId) == [1, 2])
  }

  @Test func badKeysAreRefusedAndReplaceNothing() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    let good = RelayFixture.keys([1])
    _ = try await fixture.ask("PUT", "/v1/keys", as: alice, good)
    let bad = [
      RelayFixture.keys([1, 1]), RelayFixture.keys([16_777_215]), "{\"keys\":[]}",
      good.replacing("\"BQ", with: "\"BA"), good.replacing("16777215", with: "5"),
      RelayFixture.keys(Array(1...1001)),
    ]
    for body in bad {
      #expect(try await fixture.ask("PUT", "/v1/keys", as: alice, body).status == 422)
    }
    #expect(try await fixture.ask("PUT", "/v1/keys", as: alice, "{]").status == 415)
    #expect(try await fixture.ask("GET", "/v1/keys", as: alice).text == "{\"count\":1}")
  }

  @Test func manyWhoAskAtOnceNeverGetTheSameKey() async throws {
    let fixture = try await RelayFixture()
    try await fixture.register(bob)
    _ = try await fixture.ask("PUT", "/v1/keys", as: bob, RelayFixture.keys(Array(1...40)))
    let people = (10...29).map { "+141555502\($0)" }
    for number in people { try await fixture.register(number) }
    let ids = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in people {
        group.addTask {
          struct Key: Decodable { var keyId: Int }
          return try await fixture.ask("GET", "/v1/keys/\(RelayFixture.bob)", as: number)
            .json(Key.self).keyId
        }
      }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(ids == Set(1...20))
  }
}
