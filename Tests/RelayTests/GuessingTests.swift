import TestSupport
import Testing
import Transport

@testable import Relay

/// Who guesses at codes, and how soon that ends.
@Suite struct GuessingTests {
  private let alice = RelayFixture.alice
  private let stranger: HTTPHeaders = ["X-Forwarded-For": "203.0.113.9"]
  private let owner: HTTPHeaders = ["X-Forwarded-For": "203.0.113.10"]

  private func code(_ fixture: RelayFixture) async throws -> String {
    let asked = try await fixture.ask("GET", "/v1/accounts/sms/code/\(alice)", headers: owner)
    try #require(asked.status == 200)
    return try await fixture.code(for: alice)
  }

  private func wrong(_ code: String) -> String { code == "123456" ? "654321" : "123456" }

  private func verify(
    _ code: String, _ fixture: RelayFixture, _ headers: HTTPHeaders
  ) async throws -> RelayFixture.Answer {
    try await fixture.ask(
      "PUT", "/v1/accounts/code/\(code)", as: alice, RelayFixture.registration(), headers: headers)
  }

  @Test func fiveWrongCodesEndTheRightOne() async throws {
    let fixture = try await RelayFixture()
    let code = try await code(fixture)
    for _ in 1...5 {
      #expect(try await verify(wrong(code), fixture, stranger).status == 403)
      fixture.time.advance(by: .seconds(30))
    }
    #expect(try await verify(code, fixture, owner).status == 403)
    fixture.time.advance(by: .seconds(60))
    let next = try await self.code(fixture)
    #expect(try await verify(next, fixture, owner).status == 200)
  }

  @Test func anAddressWhoseGuessesAreSpentIsNotToldThatACodeIsRight() async throws {
    let fixture = try await RelayFixture()
    let code = try await code(fixture)
    for _ in 1...30 {
      #expect(try await fixture.ask("GET", "/v1/keys", as: alice, headers: stranger).status == 401)
    }
    #expect(try await verify(code, fixture, stranger).status == 413)
    #expect(try await verify(code, fixture, owner).status == 200)
  }

  @Test func aRightCodeCostsNoGuess() async throws {
    let fixture = try await RelayFixture()
    for _ in 1...35 {
      #expect(try await verify(try await code(fixture), fixture, owner).status == 200)
      fixture.time.advance(by: .seconds(60))
    }
  }

  @Test func aNumberBacksOffFromWhereverTheGuessesCome() async throws {
    let fixture = try await RelayFixture()
    var statuses: [Int] = []
    for round in 1...3 {
      let code = try await code(fixture)
      for guess in 1...4 {
        let from: HTTPHeaders = ["X-Forwarded-For": "198.51.100.\(round * 10 + guess)"]
        statuses.append(try await verify(wrong(code), fixture, from).status)
        fixture.time.advance(by: .seconds(30))
      }
    }
    #expect(statuses == Array(repeating: 403, count: 10) + [413, 413])
  }

  @Test func aRefusedAddressLeavesANumberItsCodes() async throws {
    let fixture = try await RelayFixture()
    for number in 10...29 {
      let path = "/v1/accounts/sms/code/+141555504\(number)"
      #expect(try await fixture.ask("GET", path, headers: stranger).status == 200)
    }
    let path = "/v1/accounts/sms/code/\(alice)"
    for _ in 1...5 {
      #expect(try await fixture.ask("GET", path, headers: stranger).status == 413)
    }
    for _ in 1...2 { #expect(try await fixture.ask("GET", path, headers: owner).status == 200) }
  }

  // MARK: Behind a proxy that does not say for whom it asks

  @Test func passwordsOfAnAccountEndWhereNoAddressIsKnown() async throws {
    let fixture = try await RelayFixture()
    let bob = RelayFixture.bob
    for number in [alice, bob] { try await fixture.register(number) }
    let guess: HTTPHeaders = ["Authorization": RelayFixture.basic(alice, password: "guess")]
    for _ in 1...30 {
      #expect(try await fixture.ask("GET", "/v1/keys", headers: guess).status == 401)
    }
    // Also for the right one, which else would be told from a wrong one; nobody else is kept out.
    #expect(try await fixture.ask("GET", "/v1/keys", headers: guess).status == 413)
    #expect(try await fixture.ask("GET", "/v1/keys", as: alice).status == 413)
    #expect(try await fixture.ask("GET", "/v1/devices", as: bob).status == 200)
    #expect(try await fixture.ask("GET", "/v1/devices", as: alice, headers: owner).status == 200)
    fixture.time.advance(by: .seconds(60))
    #expect(try await fixture.ask("GET", "/v1/devices", as: alice).status == 200)
  }

  @Test func tokensOfRelaysEndToo() async throws {
    let fixture = try await RelayFixture()
    let headers: HTTPHeaders = ["Authorization": RelayFixture.basic("peer", password: "guess")]
    for expected in Array(repeating: 401, count: 30) + [413] {
      let path = "/v1/federation/user_count"
      #expect(try await fixture.ask("GET", path, headers: headers).status == expected)
    }
  }

  @Test func codesHaveALimitInAllWhereNoAddressIsKnown() async throws {
    let fixture = try await RelayFixture()
    for number in 100...299 {
      let path = "/v1/accounts/sms/code/+14155504\(number)"
      #expect(try await fixture.ask("GET", path).status == 200)
    }
    let path = "/v1/accounts/sms/code/\(alice)"
    #expect(try await fixture.ask("GET", path).status == 413)
    #expect(try await fixture.ask("GET", path, headers: owner).status == 200)
  }

  @Test func codesOfDevicesEndToo() async throws {
    struct Code: Decodable { var verificationCode: String }
    let fixture = try await RelayFixture()
    try await fixture.register(alice)
    let path = "/v1/devices/provisioning_code"
    let code = try await fixture.ask("GET", path, as: alice).json(Code.self).verificationCode
    let body = RelayFixture.registration()
    for _ in 1...5 {
      let guess = try await fixture.ask("PUT", "/v1/devices/\(wrong(code))", as: alice, body)
      #expect(guess.status == 403)
      fixture.time.advance(by: .seconds(30))
    }
    #expect(try await fixture.ask("PUT", "/v1/devices/\(code)", as: alice, body).status == 403)
  }
}
