import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

/// The TextSecure API document, read aloud: each call with each answer that it names, in the
/// document's order and words, by plain HTTP. The second status is what the servers of 2014 said.
@Suite(.serialized) struct SeedTests {
  private static let alice = RelayFixture.alice
  private static let bob = RelayFixture.bob
  private static let carol = "+14155550102"

  /// One call and what the document says of it.
  private struct Row {
    let words: String
    let call: String
    var user: String?
    var body: String?
    var type: String? = "application/json"
    /// The answer to the last of so many calls counts.
    var times = 1
    let document: Int
    let server: Int

    init(
      _ words: String, _ call: String, as user: String? = nil, _ body: String? = nil,
      type: String? = "application/json", times: Int = 1, is document: Int, or server: Int? = nil
    ) {
      (self.words, self.call, self.user, self.body) = (words, call, user, body)
      (self.type, self.times, self.document) = (type, times, document)
      self.server = server ?? document
    }
  }

  private func fixture(_ dialect: RelayDialect) async throws -> RelayFixture {
    let fixture = try await RelayFixture { $0.dialect = dialect }
    try await fixture.register(SeedTests.alice)
    try await fixture.register(SeedTests.bob, id: 77)
    _ = try await fixture.ask("PUT", "/v1/keys/", as: SeedTests.bob, RelayFixture.keys([3]))
    fixture.time.advance(by: .seconds(120))
    return fixture
  }

  private func read(_ rows: [Row]) async throws {
    for dialect in RelayDialect.allCases {
      let fixture = try await fixture(dialect)
      for row in rows {
        let (method, path) = row.call.split(separator: " ").halves
        var answer: RelayFixture.Answer?
        for _ in 1...row.times {
          answer = try await fixture.ask(method, path, as: row.user, row.body, type: row.type)
        }
        let expected = dialect == .document ? row.document : row.server
        #expect(answer?.status == expected, "\(dialect): \(row.call): \(row.words)")
      }
    }
  }

  @Test func verificationCodes() async throws {
    let code = "/v1/accounts/sms/code"
    try await read([
      Row("request was processed successfully", "GET \(code)/\(SeedTests.carol)", is: 200),
      Row("by voice", "GET /v1/accounts/voice/code/\(SeedTests.carol)", is: 200),
      Row("badly formatted number", "GET \(code)/4155550102", is: 400),
      Row("badly formatted number", "GET \(code)/+1x155550102", is: 400),
      Row("badly formatted number", "GET \(code)/+141555501", is: 400),
      Row("invalid transport", "GET /v1/accounts/fax/code/\(SeedTests.carol)", is: 415, or: 422),
      Row("too many requests", "GET \(code)/\(SeedTests.carol)", times: 2, is: 413),
    ])
  }

  @Test(arguments: RelayDialect.allCases)
  func confirmation(_ dialect: RelayDialect) async throws {
    let fixture = try await fixture(dialect)
    let number = SeedTests.carol
    _ = try await fixture.ask("GET", "/v1/accounts/sms/code/\(number)")
    let code = try await fixture.code(for: number)
    let body = RelayFixture.registration()
    let success = dialect == .document ? 200 : 204
    func put(_ code: String, _ headers: HTTPHeaders, as user: String? = nil) async throws -> Int {
      try await fixture.ask("PUT", "/v1/acccounts/code/\(code)", as: user, body, headers: headers)
        .status
    }
    // 401 badly formatted basic_auth.
    #expect(try await put(code, [:]) == 401)
    #expect(try await put(code, ["Authorization": "Basic no-base64!"]) == 401)
    #expect(try await put(code, ["Authorization": "Basic " + Base64.encode("x".utf8)]) == 401)
    // 403 incorrect verification_code; the dash of the message is no part of it.
    #expect(try await put("\(code.prefix(3))-\(code.suffix(3))", [:], as: number) == 403)
    // 200 account successfully verified.
    #expect(try await put(code, [:], as: number) == success)
    // 413 rate limit exceeded.
    #expect(try await put(code, [:], as: number) == 413)
    // 417 is in FederationTests: a number that another relay has.
  }

  @Test(arguments: ["apn", "gcm"]) func pushRegistration(_ service: String) async throws {
    let (call, alice) = ("/v1/accounts/\(service)/", SeedTests.alice)
    let body = "{\"\(service)RegistrationId\": \"an id\"}"
    let stranger = SeedTests.carol
    try await read([
      Row("request succeeded", "PUT \(call)", as: alice, body, is: 200, or: 204),
      Row("invalid authentication credentials", "PUT \(call)", body, is: 401),
      Row("invalid authentication credentials", "PUT \(call)", as: stranger, body, is: 401),
      Row("badly formatted JSON", "PUT \(call)", as: alice, "{oops", is: 415, or: 400),
      Row("no JSON at all", "PUT \(call)", as: alice, body, type: "text/html", is: 415),
      Row("without its id", "PUT \(call)", as: alice, "{}", is: 422),
      Row("the same with DELETE", "DELETE \(call)", as: alice, body, is: 200, or: 204),
      Row("the same with DELETE", "DELETE \(call)", body, is: 401),
    ])
  }

  @Test func keys() async throws {
    let alice = SeedTests.alice
    let body = RelayFixture.keys(Array(1...100))
    try await read([
      Row("request succeeded", "PUT /v1/keys/", as: alice, body, is: 200, or: 204),
      Row("invalid authentication credentials", "PUT /v1/keys/", body, is: 401),
      Row("badly formatted JSON", "PUT /v1/keys/", as: alice, body + "}", is: 415, or: 400),
      Row(
        "33 bytes", "PUT /v1/keys/", as: alice, body.replacing("BQEB", with: "BQ"), is: 422),
      Row(
        "a leading byte of 0x05", "PUT /v1/keys/", as: alice,
        body.replacing("BQEB", with: "AgEB"), is: 422),
      Row(
        "the last resort key is always 0xFFFFFF", "PUT /v1/keys/", as: alice,
        body.replacing("16777215", with: "16777214"), is: 422),
    ])
  }

  @Test(arguments: RelayDialect.allCases)
  func directory(_ dialect: RelayDialect) async throws {
    let token = "cc8f/gXBOF1Vig"
    let path = "/v1/directory/tokens"
    let body = "{ \"contacts\": [ \"\(token)\", \"AAAAAAAAAAAAAA\" ] }"
    let alice = SeedTests.alice
    try await read([
      Row("request succeeded", "PUT \(path)", as: alice, body, is: 200),
      Row("badly formatted token(s)", "PUT \(path)", as: alice, "{\"contacts\":[\"?\"]}", is: 400),
      Row("invalid authentication credentials", "PUT \(path)", body, is: 401),
      Row("badly formatted JSON", "PUT \(path)", as: alice, "contacts", is: 415, or: 400),
    ])
    let fixture = try await fixture(dialect)
    let found = try await fixture.ask("PUT", path, as: alice, body)
    #expect(found.text == "{\"contacts\":[{\"token\":\"\(token)\"}]}")
    // `supportsSms` is told of those who said it.
    _ = try await fixture.ask("GET", "/v1/accounts/sms/code/\(SeedTests.bob)")
    let code = try await fixture.code(for: SeedTests.bob)
    let sms = RelayFixture.registration().replacing(
      "\"supportsSms\":false", with: "\"supportsSms\":true")
    _ = try await fixture.ask("PUT", "/v1/accounts/code/\(code)", as: SeedTests.bob, sms)
    #expect(
      try await fixture.ask("PUT", path, as: alice, body).text
        == "{\"contacts\":[{\"supportsSms\":true,\"token\":\"\(token)\"}]}")
  }

  @Test func preKeys() async throws {
    let (alice, path) = (SeedTests.alice, "/v1/keys/\(SeedTests.bob)")
    try await read([
      Row("request succeeded", "GET \(path)", as: alice, is: 200),
      Row("invalid authentication credentials", "GET \(path)", is: 401),
      Row("unknown number", "GET /v1/keys/\(SeedTests.carol)", as: alice, is: 404),
      Row("unknown relay", "GET \(path)?relay=moon", as: alice, is: 404),
      Row("rate limit exceeded", "GET \(path)", as: alice, times: 3, is: 413),
    ])
  }

  @Test func messages() async throws {
    let (alice, path) = (SeedTests.alice, "/v1/messages/\(SeedTests.bob)")
    func body(_ message: String, relay: String = "") -> String {
      "{\(relay)\"messages\":[\(message)]}"
    }
    let whole = body(RelayFixture.message("x", registration: 77))
    try await read([
      Row("request succeeded", "PUT \(path)", as: alice, whole, is: 200, or: 204),
      Row("invalid authentication credentials", "PUT \(path)", whole, is: 401),
      Row("mismatched devices", "PUT \(path)", as: alice, body(""), is: 409),
      Row(
        "mismatched devices", "PUT \(path)", as: alice,
        body(RelayFixture.message("x", device: 2)), is: 409),
      Row(
        "stale devices", "PUT \(path)", as: alice,
        body(RelayFixture.message("x", registration: 78)), is: 410),
      Row("badly formatted JSON", "PUT \(path)", as: alice, "[", is: 415, or: 400),
      Row(
        "unknown relay", "PUT \(path)", as: alice,
        body(RelayFixture.message("x"), relay: "\"relay\":\"moon\","), is: 404),
      Row("unknown number", "PUT /v1/messages/+14155550102", as: alice, whole, is: 404),
      Row("rate limit exceeded", "PUT \(path)", as: alice, whole, times: 61, is: 413),
    ])
  }

  @Test(arguments: RelayDialect.allCases)
  func theEnvelopeByteForByte(_ dialect: RelayDialect) async throws {
    let fixture = try await fixture(dialect)
    let line = try await fixture.socket(SeedTests.bob)
    let body = """
      {"messages":[{"type":3,"destinationDeviceId":1,"destinationRegistrationId":77,\
      "body":"\(Base64.encode([0x22, 0, 0xff]).prefix { $0 != "=" })","timestamp":"1"}]}
      """
    let path = "/v1/messages/\(SeedTests.bob)"
    let status = try await fixture.ask("PUT", path, as: SeedTests.alice, body).status
    #expect(status == dialect.success)
    guard case .text(let frame) = try await line.message() else { throw Missed("text") }
    #expect(frame.hasPrefix("{\"id\":0,\"message\":\"A") && frame.hasSuffix("\"}"))
    let payload = try #require(Base64.decode(frame.dropFirst(19).dropLast(2)))
    // opaque version[1], iv[16], ciphertext[32], mac[10]; the plaintext has 30 bytes.
    #expect(payload.count == 59 && payload.first == 1)
    var timestamp: [UInt8] = []
    var rest = fixture.time.wallTime
    while rest >= 0x80 {
      timestamp.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    timestamp.append(UInt8(rest))
    var expected: [UInt8] = [0x08, 3, 0x12, 12]
    expected += Array(SeedTests.alice.utf8)
    expected += [0x28] + timestamp
    expected += [0x32, 3, 0x22, 0, 0xff, 0x38, 1]
    #expect(try RelayFixture.opened(payload) == expected)
  }

  @Test(arguments: RelayDialect.allCases)
  func attachments(_ dialect: RelayDialect) async throws {
    struct Allocation: Decodable {
      var id: UInt64
      var location: String
    }
    struct Location: Decodable { var location: String }
    let (alice, octets) = (SeedTests.alice, "application/octet-stream")
    try await read([
      Row("request succeeded", "GET /v1/attachments/", as: alice, is: 200),
      Row("invalid authentication credentials", "GET /v1/attachments/", is: 401),
      Row("request succeeded", "GET /v1/attachments/1", as: alice, is: 200),
      Row("invalid authentication credentials", "GET /v1/attachments/1", is: 401),
      Row("rate limit exceeded", "GET /v1/attachments/", as: alice, times: 50, is: 413),
    ])
    let fixture = try await fixture(dialect)
    let place = try await fixture.ask("GET", "/v1/attachments/", as: alice).json(Allocation.self)
    // The client PUTs the encrypted binary blob, without credentials.
    #expect(try await fixture.ask("PUT", place.location, "blob", type: octets).status == 200)
    let found = try await fixture.ask("GET", "/v1/attachments/\(place.id)", as: SeedTests.bob)
    let location = try found.json(Location.self).location
    #expect(try await fixture.ask("GET", location).text == "blob")
  }
}

extension [Substring] {
  fileprivate var halves: (String, String) { (String(self[0]), String(self[1])) }
}
