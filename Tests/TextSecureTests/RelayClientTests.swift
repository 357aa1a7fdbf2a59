import Axolotl
import Cryptography
import Synchronization
import TestSupport
import Testing
import Transport

@testable import TextSecure

/// Answers requests in the order of a script and keeps them.
final class Script: Sendable {
  private let state: Mutex<(replies: [(Int, String)], requests: [HTTPServer.Request])>

  init(_ replies: [(Int, String)]) { state = Mutex((replies, [])) }

  var requests: [HTTPServer.Request] { state.withLock { $0.requests } }

  func answer(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    state.withLock { state in
      state.requests.append(request)
      let (status, body) = state.replies.isEmpty ? (500, "") : state.replies.removeFirst()
      return .response(status: status, body: Array(body.utf8))
    }
  }

  /// Runs `body` with a client of a server that answers so.
  func run(_ body: (Client) async throws -> Void) async throws {
    let network = Network()
    let server = try HTTPServer(HTTPServer.Configuration(), network: network) { self.answer($0) }
    let client = try Client(
      "+14155550101", url: "http://127.0.0.1:\(server.port)/", network: network, seed: 1)
    do { try await body(client) } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }
}

/// A contact's device as a relay describes it.
struct Contact {
  let identity = KeyPair(random: SeededRandom(seed: 77))

  func key(device: UInt32, id: UInt32) -> String {
    let preKey = KeyPair(random: SeededRandom(seed: UInt64(id))).publicKey
    return """
      {"deviceId":\(device),"keyId":"\(id)","publicKey":"\(Base64.encode(preKey.serialized))",
       "identityKey":"\(identity.publicKey.shareText)","registrationId":\(100 + device)}
      """
  }

  func keys(_ device: UInt32, id: UInt32) -> (Int, String) {
    (200, "{\"keys\":[\(key(device: device, id: id))]}")
  }
}

@Suite("Calls to a relay")
struct RelayClientTests {
  private let number = "+14155550199"

  @Test("Registration and push have the seed's paths and the real server's bodies")
  func registration() async throws {
    let script = Script([(200, ""), (204, ""), (204, ""), (204, ""), (403, ""), (417, "")])
    try await script.run { client in
      try await client.api.requestCode(for: client.number, by: .voice)
      try await client.api.verify(code: "123-456", device: client.device)
      try await client.api.setPush(.gcm, id: "g")
      try await client.api.removePush(.apn, id: "a")
      await #expect(throws: TextSecureError.wrongCode) {
        try await client.api.verify(code: "1", device: client.device)
      }
      await #expect(throws: TextSecureError.registeredElsewhere) {
        try await client.api.verify(code: "1", device: client.device)
      }
      await #expect(throws: TextSecureError.badNumber("12")) {
        try await client.api.requestCode(for: "12", by: .sms)
      }
      let sent = script.requests
      #expect(
        sent.map { "\($0.method) \($0.target)" }.prefix(4) == [
          "GET /v1/accounts/voice/code/+14155550101", "PUT /v1/accounts/code/123456",
          "PUT /v1/accounts/gcm/", "DELETE /v1/accounts/apn/",
        ])
      let body = String(decoding: sent[1].body, as: UTF8.self)
      #expect(body.contains("\"fetchesMessages\":true"))
      #expect(body.contains("==\""))
      #expect(sent[1].headers["Authorization"] == client.device.credentials.authorization.revealed)
      #expect(String(decoding: sent[2].body, as: UTF8.self) == "{\"gcmRegistrationId\":\"g\"}")
      #expect(String(decoding: sent[3].body, as: UTF8.self) == "{\"apnRegistrationId\":\"a\"}")
    }
  }

  @Test("Devices, counts and the directory")
  func others() async throws {
    let script = Script([
      (200, "{\"verificationCode\":\"654321\"}"), (200, "{\"deviceId\":2}"),
      (200, "{\"count\":\"7\"}"),
      (
        200,
        "{\"contacts\":[{\"token\":\"BQVVHxMt5zAFXA==\",\"supportsSms\":\"true\"},{\"token\":\"x\"}]}"
      ),
      (401, ""),
    ])
    try await script.run { client in
      #expect(try await client.api.provisioningCode() == "654321")
      #expect(try await client.api.link(code: "654321", device: client.device) == 2)
      #expect(try await client.api.remainingKeys() == 7)
      let found = try await client.api.lookUp(["+14152222222", "+14155550101"])
      #expect(
        found == [DirectoryEntry(number: "+14152222222", relay: nil, supportsSMS: true)])
      await #expect(throws: TextSecureError.badCredentials) { try await client.api.remainingKeys() }
    }
  }

  @Test("A busy relay is asked again after pauses, three times in all", arguments: [413, 503])
  func backoff(status: Int) async throws {
    let script = Script([(status, ""), (status, ""), (200, "{\"count\":1}"), (status, "")])
    try await script.run { client in
      let asking = Task { try await client.api.remainingKeys() }
      for _ in 0..<2 { await client.time.release(within: .zero..<(.seconds(60))) }
      let count = try await asking.value
      #expect(count == 1)
      // A code is asked for once only.
      await #expect(throws: status == 413 ? TextSecureError.rateLimited : .unavailable) {
        try await client.api.requestCode(for: client.number, by: .sms)
      }
      #expect(script.requests.count == 4)
    }
  }

  @Test("A relay that stays busy is left alone")
  func busy() async throws {
    let script = Script([(413, ""), (413, ""), (413, "")])
    try await script.run { client in
      let asking = Task { try await client.api.remainingKeys() }
      for _ in 0..<2 { await client.time.release(within: .zero..<(.seconds(60))) }
      await #expect(throws: TextSecureError.rateLimited) { try await asking.value }
    }
  }

  @Test("Missing, extra and stale devices are put right, the relay's name is carried through")
  func repair() async throws {
    let contact = Contact()
    let script = Script([
      (200, "{\"keys\":[\(contact.key(device: 1, id: 1)),\(contact.key(device: 3, id: 2))]}"),
      (409, "{\"missingDevices\":[2],\"extraDevices\":[3]}"), contact.keys(2, id: 3),
      (410, "{\"staleDevices\":[1]}"), contact.keys(1, id: 4), (204, ""),
    ])
    try await script.run { client in
      try await client.sender.send(PushContent(body: "hi"), to: number, relay: "other one")
      let sent = script.requests
      #expect(
        sent.map { "\($0.method) \($0.target)" } == [
          "GET /v1/keys/\(number)/*?relay=other%20one", "PUT /v1/messages/\(number)",
          "GET /v1/keys/\(number)/2?relay=other%20one", "PUT /v1/messages/\(number)",
          "GET /v1/keys/\(number)/1?relay=other%20one", "PUT /v1/messages/\(number)",
        ])
      let last = String(decoding: sent[5].body, as: UTF8.self)
      #expect(last.contains("\"relay\":\"other one\""))
      #expect(last.contains("\"destinationRegistrationId\":102"))
      let devices = try await client.book.devices(of: number)
      #expect(devices == [1, 2])
    }
  }

  @Test("After three attempts it is given up")
  func endlessRepair() async throws {
    let contact = Contact()
    var replies = [contact.keys(1, id: 1)]
    for id in 2...4 as ClosedRange<UInt32> {
      replies += [(410, "{\"staleDevices\":[1]}"), contact.keys(1, id: id)]
    }
    let script = Script(replies)
    try await script.run { client in
      await #expect(throws: TextSecureError.devicesKeepChanging) {
        try await client.sender.send(PushContent(body: "hi"), to: number)
      }
      #expect(script.requests.count { $0.method == "PUT" } == 3)
    }
  }

  @Test("A relay without the call for all devices is asked as in the seed; nobody is nobody")
  func seedOnly() async throws {
    let script = Script([
      (404, ""), (200, Contact().key(device: 1, id: 5)), (200, ""), (404, ""), (404, ""),
    ])
    try await script.run { client in
      try await client.sender.send(PushContent(body: "hi"), to: number)
      #expect(script.requests[1].target == "/v1/keys/\(number)")
      let failures = await client.sender.send(PushContent(body: "x"), toEach: ["+14155550133"])
      #expect(failures == ["+14155550133": .unregistered])
    }
  }

  @Test("Keys that are none are refused")
  func badKeys() async throws {
    let bodies = [
      "{\"keys\":[{\"keyId\":1,\"publicKey\":\"AAAA\",\"identityKey\":\"AAAA\"}]}",
      "{\"keys\":[{\"keyId\":1}]}", "[]", "{\"keys\":[]}",
    ]
    try await Script(bodies.map { (200, $0) }).run { client in
      for _ in bodies {
        await #expect(throws: TextSecureError.self) {
          try await client.api.keys(of: number, .device(1))
        }
      }
    }
  }
}
