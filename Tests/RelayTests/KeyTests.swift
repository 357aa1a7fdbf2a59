import FoundationEssentials
import Testing

@testable import Relay

@Suite struct KeyTests {
  private let alice = RelayBench.alice
  private let bob = RelayBench.bob

  @Test func keysAreHandedOutOnceLowestFirstAndTheLastResortForEver() async throws {
    let bench = try await RelayBench()
    try await bench.register(alice)
    try await bench.register(bob, id: 77)
    #expect(try await bench.ask("GET", "/v1/keys/\(bob)", as: alice).status == 404)
    #expect(
      try await bench.ask("PUT", "/v1/keys/", as: bob, RelayBench.keys([9, 3])).status == 200)
    #expect(try await bench.ask("GET", "/v1/keys/", as: bob).text == "{\"count\":2}")
    let identity = RelayBench.publicKey(251)
    let first = try await bench.ask("GET", "/v1/keys/\(bob)", as: alice)
    #expect(
      first.text == """
        {"deviceId":1,"identityKey":"\(identity)","keyId":3,\
        "publicKey":"\(RelayBench.publicKey(3))","registrationId":77}
        """)
    let second = try await bench.ask("GET", "/v1/keys/\(bob)/*", as: alice)
    #expect(
      second.text == """
        {"keys":[{"deviceId":1,"identityKey":"\(identity)","keyId":9,\
        "publicKey":"\(RelayBench.publicKey(9))","registrationId":77}]}
        """)
    bench.time.advance(by: .seconds(1200))
    for _ in 1...2 {
      let last = try await bench.ask("GET", "/v1/keys/\(bob)/1", as: alice)
      #expect(
        last.text == """
          {"keys":[{"deviceId":1,"identityKey":"\(identity)","keyId":16777215,"lastResort":true,\
          "publicKey":"\(RelayBench.publicKey(250))","registrationId":77}]}
          """)
    }
    #expect(try await bench.ask("GET", "/v1/keys", as: bob).text == "{\"count\":0}")
  }

  @Test func fetchingIsRationedForEachPair() async throws {
    let bench = try await RelayBench()
    try await bench.register(alice)
    try await bench.register(bob)
    _ = try await bench.ask("PUT", "/v1/keys/", as: bob, RelayBench.keys([1, 2, 3, 4]))
    for _ in 1...3 {
      #expect(try await bench.ask("GET", "/v1/keys/\(bob)/*", as: alice).status == 200)
    }
    let refused = try await bench.ask("GET", "/v1/keys/\(bob)/*", as: alice)
    #expect(refused.status == 413)
    #expect(refused.headers["Retry-After"] == "600")
    #expect(try await bench.ask("GET", "/v1/keys/\(bob)/*", as: bob).status == 200)
  }

  @Test func whatIsNotThereIs404AndADeviceIsANumber() async throws {
    let bench = try await RelayBench()
    try await bench.register(alice)
    _ = try await bench.ask("PUT", "/v1/keys/", as: alice, RelayBench.keys([1, 2]))
    #expect(try await bench.ask("GET", "/v1/keys/\(bob)", as: alice).status == 404)
    #expect(try await bench.ask("GET", "/v1/keys/\(alice)/2", as: alice).status == 404)
    #expect(try await bench.ask("GET", "/v1/keys/\(alice)/x", as: alice).status == 422)
    #expect(try await bench.ask("GET", "/v1/keys/\(alice)?relay=other", as: alice).status == 404)
    #expect(try await bench.ask("GET", "/v1/keys/\(alice)?relay=", as: alice).status == 200)
  }

  @Test func aStarMeansEveryActiveDevice() async throws {
    struct Keys: Decodable {
      struct Key: Decodable { var deviceId: Int }
      var keys: [Key]
    }
    let bench = try await RelayBench()
    try await bench.register(alice)
    let second = try await bench.link(alice)
    for user in [alice, "\(alice).\(second)"] {
      _ = try await bench.ask("PUT", "/v1/keys/", as: user, RelayBench.keys([1]))
    }
    let all = try await bench.ask("GET", "/v1/keys/\(alice)/*", as: alice).json(Keys.self)
    #expect(all.keys.map(\.deviceId) == [1, 2])
  }

  @Test func badKeysAreRefusedAndReplaceNothing() async throws {
    let bench = try await RelayBench()
    try await bench.register(alice)
    let good = RelayBench.keys([1])
    _ = try await bench.ask("PUT", "/v1/keys", as: alice, good)
    let bad = [
      RelayBench.keys([1, 1]), RelayBench.keys([16_777_215]), "{\"keys\":[]}",
      good.replacing("\"BQ", with: "\"BA"), good.replacing("16777215", with: "5"),
      RelayBench.keys(Array(1...1001)),
    ]
    for body in bad {
      #expect(try await bench.ask("PUT", "/v1/keys", as: alice, body).status == 422)
    }
    #expect(try await bench.ask("PUT", "/v1/keys", as: alice, "{]").status == 415)
    #expect(try await bench.ask("GET", "/v1/keys", as: alice).text == "{\"count\":1}")
  }

  @Test func manyWhoAskAtOnceNeverGetTheSameKey() async throws {
    let bench = try await RelayBench()
    try await bench.register(bob)
    _ = try await bench.ask("PUT", "/v1/keys", as: bob, RelayBench.keys(Array(1...40)))
    let people = (10...29).map { "+141555502\($0)" }
    for number in people { try await bench.register(number) }
    let ids = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in people {
        group.addTask {
          struct Key: Decodable { var keyId: Int }
          return try await bench.ask("GET", "/v1/keys/\(RelayBench.bob)", as: number)
            .json(Key.self).keyId
        }
      }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(ids == Set(1...20))
  }
}
