import Axolotl
import Cryptography
import TestSupport
import Testing
import Transport

@testable import TextSecure

/// Gives out the same bytes whenever it is asked.
struct FixedRandom: RandomSource {
  let first: UInt8
  func bytes(_ count: Int) -> [UInt8] { (0..<count).map { first &+ UInt8($0) } }
}

@Suite("TextSecure vectors")
struct VectorTests {
  private let signalingKey: SignalingKey

  init() throws { signalingKey = try SignalingKey(SecretBytes(Vectors.counting(52))) }

  @Test("The envelope is sealed and opened as by the server of 2014")
  func envelope() throws {
    let sealed = signalingKey.seal(Vectors.signal, random: FixedRandom(first: 0xa0))
    #expect(sealed == Vectors.envelope)
    #expect(try signalingKey.open(Vectors.envelope) == Vectors.signal)
  }

  @Test("Every changed, missing or added byte of an envelope is noticed")
  func changedEnvelope() throws {
    for index in Vectors.envelope.indices {
      var changed = Vectors.envelope
      changed[index] ^= 0x40
      #expect(throws: TextSecureError.self) { try signalingKey.open(changed) }
      let cut = Array(Vectors.envelope.prefix(index))
      #expect(throws: TextSecureError.self) { try signalingKey.open(cut) }
    }
    #expect(throws: TextSecureError.notAuthentic) {
      try signalingKey.open(Vectors.envelope + [0])
    }
    #expect(throws: TextSecureError.tooLarge(limit: SignalingKey.maximumEnvelope)) {
      try signalingKey.open([UInt8](repeating: 1, count: SignalingKey.maximumEnvelope + 1))
    }
  }

  @Test("The signal's fields are read in any order")
  func signal() throws {
    let signal = try IncomingSignal(Vectors.signal)
    #expect(signal.kind == .ciphertext)
    #expect(signal.source == DeviceAddress(number: "+14152222222"))
    #expect(signal.timestamp == 1_395_187_200_000)
    #expect(signal.relay == nil)
    #expect(signal.message.count == 53)
  }

  @Test("Contents are written byte for byte as by Android")
  func contents() throws {
    let key = try AttachmentKey(SecretBytes(Vectors.counting(64)))
    let pointer = AttachmentPointer(
      id: 0x7fed_cba9_8765_4321, contentType: "image/png", key: key)
    let id = Vectors.counting(16)
    let update = GroupContext(
      id: id, kind: .update, name: "Friends", members: ["+14151111111", "+14152222222"],
      avatar: pointer)
    let samples = [
      (PushContent(body: "hello world"), Vectors.text),
      (.endOfSession, Vectors.endSession),
      (PushContent(body: "see", attachments: [pointer]), Vectors.attachmentContent),
      (PushContent(group: update), Vectors.groupUpdate),
      (
        PushContent(body: "hi all", group: GroupContext(id: id, kind: .deliver)),
        Vectors.groupDeliver
      ),
      (PushContent(group: GroupContext(id: id, kind: .quit)), Vectors.groupQuit),
    ]
    for (content, bytes) in samples {
      #expect(content.serialized == bytes)
      #expect(try PushContent(bytes) == content)
    }
    #expect(PushContent.endOfSession.endsSession)
    #expect(try PushContent(Vectors.text + [0x80, 0, 0]).body == "hello world")
  }

  @Test("Both dialects of the line carry the same envelope")
  func dialects() throws {
    let binary = try #require(try Delivery(.binary(Vectors.messageFrame)))
    #expect(binary.envelope == Vectors.envelope)
    #expect(try Delivery(.binary(Vectors.keepaliveFrame)) == nil)
    var id: UInt32 = 0
    if case .binary(let bytes) = binary.acknowledgement {
      let response = try #require(try ProtobufMessage(bytes, maximumSize: 100).bytes(3))
      id = try #require(try ProtobufMessage(response, maximumSize: 100).uint32(1))
    }
    #expect(id == 88)
    #expect(binary.acknowledgement == .binary(Vectors.okFrame))
    for text in [
      Base64.encode(Vectors.envelope), Base64.encode(Vectors.envelope).filter { $0 != "=" },
    ] {
      for id in ["7", "\"7\""] {
        let frame = WebSocketMessage.text("{\"id\":\(id),\"message\":\"\(text)\",\"new\":[]}")
        let delivery = try #require(try Delivery(frame))
        #expect(delivery.envelope == Vectors.envelope)
        #expect(delivery.acknowledgement == .text("{\"type\":1,\"id\":7}"))
      }
      #expect(try PushPayload.envelope(in: text) == Vectors.envelope)
      #expect(
        try PushPayload.envelope(in: "{\"alert\":\"x\",\"m\":\"\(text)\"}") == Vectors.envelope)
      #expect(
        try PushPayload.envelope(in: "{\"type\":\"message\",\"message\":\"\(text)\"}")
          == Vectors.envelope)
    }
    #expect(try Delivery(.text("{\"type\":3}")) == nil)
    #expect(throws: TextSecureError.self) { try Delivery(.text("no")) }
    #expect(throws: TextSecureError.self) { try PushPayload.envelope(in: "?!") }
  }

  @Test("Tokens, credentials and fingerprints have the published form")
  func small() throws {
    #expect(DirectoryToken.token(of: "+14152222222") == "BQVVHxMt5zAFXA")
    let address = DeviceAddress(number: "+14151111111", device: 2)
    let credentials = Credentials(address: address, password: Secret("pw"))
    #expect(credentials.authorization.revealed == "Basic KzE0MTUxMTExMTExLjI6cHc=")
    #expect(!"\(credentials)".contains("pw"))
    let key = KeyPair(random: SeededRandom(seed: 1)).publicKey
    #expect(key.shareText.utf8.count == 44)
    #expect(PublicKey(shareText: key.shareText) == key)
    #expect(PublicKey(shareText: "AAAA") == nil)
    #expect(DeviceAddress(number: "+14151111111", device: 0).device == 1)
  }

  @Test("Damaged bytes are refused or read, never fatal", arguments: 1...3)
  func fuzz(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    let samples = [
      Vectors.signal, Vectors.groupUpdate, Vectors.attachmentContent, Vectors.messageFrame,
    ]
    var refused = 0
    for round in 0..<3000 {
      var bytes = samples[round % samples.count]
      for _ in 0...Int(random.bytes(1)[0] % 4) {
        let place = Int(random.bytes(1)[0]) % max(1, bytes.count)
        if random.bytes(1)[0] < 90 { bytes = Array(bytes.prefix(place)) }
        if bytes.indices.contains(place) { bytes[place] = random.bytes(1)[0] }
      }
      for decode in [
        { _ = try IncomingSignal(bytes) }, { _ = try PushContent(bytes) },
        { _ = try Delivery(.binary(bytes)) },
        { _ = try Delivery(.text(String(decoding: bytes, as: UTF8.self))) },
      ] as [() throws -> Void] {
        do { try decode() } catch is TextSecureError { refused += 1 }
      }
    }
    #expect(refused > 1000)
  }
}
