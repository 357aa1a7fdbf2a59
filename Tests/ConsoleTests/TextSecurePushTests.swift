import Cryptography
import FoundationEssentials
import Storage
import TestSupport
import Testing
import TextSecure
import Transport

@testable import Accounts
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct TextSecurePushTests {
  @Test("A pushed message is read from its payload once, and the relay's own copy is dropped")
  func payload() async throws {
    try await RelayFixture.run { fixture in
      let front = try fixture.front()
      let bob = try await fixture.person("Bob", "+14155550101", url: front.url)
      let ada = try await fixture.person("Ada", "+14155550100")
      try await ada.add(bob)
      await front.setDown(true)
      try await ada.write("pushed", to: bob.chat)
      try await ada.sees("pushed", .sent, in: bob.chat)
      let waiting = try #require(try await queue(of: bob, at: fixture.relay.url, fixture).first)
      let payload = try await seal(waiting, for: bob)
      let line = try await bob.hub.only(OpenPush(payload: #"{"m":"\#(payload)"}"#))
      #expect((line.text, line.chat) == ("pushed", ada.chat))
      #expect(try await bob.hub.failure(of: OpenPush(payload: payload)).code == "read-already")
      await front.setDown(false)
      await bob.hub.retryNow()
      try await ada.write("next", to: bob.chat)
      try await bob.hears("next", in: ada.chat)
      #expect(try await bob.lines(ada.chat).map(\.text) == ["pushed", "next"])
    }
  }

  @Test("What is not encrypted says so; what changes nothing is no endless wait; junk is refused")
  func others() async throws {
    try await RelayFixture.run { fixture in
      let bob = try await fixture.person("Bob", "+14155550101")
      var plain = Waiting(type: 4, timestamp: 4_102_444_800_000)
      plain.message = Base64.encode(PushContent(body: "money, quick").serialized)
      let payload = try await seal(plain, for: bob)
      let line = try await bob.hub.only(OpenPush(payload: payload))
      #expect(line.text == "(not encrypted, anybody may have written it) money, quick")
      #expect(try await bob.hub.failure(of: OpenPush(payload: payload)).code == "read-already")
      let receipt = try await seal(Waiting(type: 5, timestamp: 2), for: bob)
      #expect(try await bob.hub.failure(of: OpenPush(payload: receipt)).code == "read-already")
      var garbled = Waiting(type: 1, timestamp: 1_795_265_047_001)
      garbled.message = "AAAA"
      let unreadable = try await seal(garbled, for: bob)
      let flaw = try await bob.hub.only(OpenPush(payload: unreadable))
      #expect(flaw.text.hasPrefix("A message could not be read"))
      for junk in ["", "not base64!", #"{"m":"AAAA"}"#, #"{"x":1}"#, "{"] {
        #expect(try await bob.hub.failure(of: OpenPush(payload: junk)).code == "malformed")
      }
      var changed = Array(payload)
      changed[40] = changed[40] == "A" ? "B" : "A"
      #expect(
        try await bob.hub.failure(of: OpenPush(payload: String(changed))).code
          == "not-authentic")
    }
  }

  /// A message as `GET /v1/messages` lists it.
  private struct Waiting: Decodable {
    var type: UInt8
    var timestamp: UInt64
    var source = "+14155550100"
    var message: String?

    enum CodingKeys: String, CodingKey { case type, timestamp, source, message }
  }

  private struct Queue: Decodable { let messages: [Waiting] }

  private func queue(
    of person: TextSecurePerson, at url: String, _ fixture: RelayFixture
  ) async throws -> [Waiting] {
    let account = try #require(try await person.store.accounts.account(.textsecure))
    let credentials = Credentials(
      address: DeviceAddress(number: person.number), password: account.secret)
    var request = HTTPRequest(url: "\(url)/v1/messages")
    request.headers["Authorization"] = credentials.authorization.revealed
    let answer = try await fixture.network.send(request)
    return try JSONDecoder().decode(Queue.self, from: Data(answer.body)).messages
  }

  /// What a push would bring (seed 002, IncomingPushMessageSignal), in base64.
  private func seal(_ waiting: Waiting, for person: TextSecurePerson) async throws -> String {
    func varint(_ value: UInt64) -> [UInt8] {
      var (rest, bytes) = (value, [UInt8]())
      while rest > 127 {
        bytes.append(UInt8(rest & 127) | 128)
        rest >>= 7
      }
      return bytes + [UInt8(rest)]
    }
    func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      [number << 3 | 2] + varint(UInt64(bytes.count)) + bytes
    }
    var signal: [UInt8] = [1 << 3, waiting.type]
    signal += field(2, Array(waiting.source.utf8))
    signal += [5 << 3] + varint(waiting.timestamp)
    if let message = waiting.message {
      signal += field(6, try #require(Base64.decode(message)))
    }
    signal += [7 << 3, 1]
    let device = try #require(try await person.store.secure.device())
    let key = try SignalingKey(device.signalingKey)
    return Base64.encode(key.seal(signal, random: SystemRandom()))
  }
}
