import Axolotl
import Cryptography
import FoundationEssentials
import Testing
import Transport

@testable import TextSecure

/// Bytes that nobody meant: they may be refused, but must not harm, and nothing may be made of them
/// that cannot be written down again.
@Suite("Damaged bytes")
struct FuzzTests {
  private static let rounds = 1500

  private func number(below limit: Int, _ random: SeededRandom) -> Int {
    random.bytes(3).reduce(0) { $0 << 8 | Int($1) } % max(1, limit)
  }

  /// Some bytes changed, cut out, doubled or added; now and then nothing but noise.
  private func damaged(_ bytes: [UInt8], _ random: SeededRandom) -> [UInt8] {
    if number(below: 10, random) == 0 { return random.bytes(number(below: 80, random)) }
    var bytes = bytes
    for _ in 0...number(below: 4, random) {
      let place = number(below: bytes.count, random)
      switch number(below: 5, random) {
      case 0: bytes.insert(contentsOf: random.bytes(number(below: 9, random)), at: place)
      case 1 where !bytes.isEmpty: bytes.remove(at: place)
      case 2: bytes += bytes.suffix(place)
      case 3: bytes = Array(bytes.prefix(place + 1))
      default: if !bytes.isEmpty { bytes[place] = random.bytes(1)[0] }
      }
    }
    return bytes
  }

  /// Reads damaged samples; `read` returns nil for one that it refuses, which must happen as well as
  /// the opposite.
  private func fuzz(
    _ samples: [[UInt8]], seed: UInt64, read: ([UInt8]) throws -> Bool?
  ) throws {
    let random = SeededRandom(seed: seed)
    var (taken, refused) = (0, 0)
    for round in 0..<FuzzTests.rounds {
      let bytes = damaged(samples[round % samples.count], random)
      do {
        guard let isSound = try read(bytes) else { continue }
        taken += 1
        #expect(isSound, "seed \(seed), round \(round)")
      } catch is TextSecureError {
        refused += 1
      }
    }
    #expect(taken > 10 && refused > 10, "seed \(seed)")
  }

  @Test("Contents", arguments: 1...3 as ClosedRange<UInt64>)
  func contents(seed: UInt64) throws {
    let samples = [
      Vectors.text, Vectors.endSession, Vectors.attachmentContent, Vectors.groupUpdate,
      Vectors.groupDeliver, Vectors.groupQuit,
    ]
    try fuzz(samples, seed: seed) { bytes in
      var content = try PushContent(bytes)
      // What could not be read is not written again.
      content.brokenAttachments = 0
      return try PushContent(content.serialized) == content
    }
  }

  @Test("Signals", arguments: 1...3 as ClosedRange<UInt64>)
  func signals(seed: UInt64) throws {
    try fuzz([Vectors.signal], seed: seed) { bytes in
      let signal = try IncomingSignal(bytes)
      return signal.serialized == bytes && signal.source.device > 0
    }
  }

  @Test("Envelopes: none that differs from the true one is believed")
  func envelopes() throws {
    let key = SignalingKey(random: SeededRandom(seed: 1))
    let envelope = key.seal(Vectors.signal, random: SeededRandom(seed: 2))
    let random = SeededRandom(seed: 3)
    for _ in 0..<FuzzTests.rounds {
      let bytes = damaged(envelope, random)
      guard bytes != envelope else { continue }
      #expect(throws: TextSecureError.self) { try key.open(bytes) }
    }
  }

  @Test("Frames of the line, in both languages", arguments: 1...3 as ClosedRange<UInt64>)
  func frames(seed: UInt64) throws {
    let text = "{\"id\":7,\"message\":\"\(Base64.encode(Vectors.envelope))\"}"
    try fuzz([Array(text.utf8)], seed: seed) { bytes in
      try Delivery(.text(String(decoding: bytes, as: UTF8.self))).map { $0.acknowledgement.isText }
    }
    try fuzz([Vectors.messageFrame, Vectors.keepaliveFrame], seed: seed) { bytes in
      try Delivery(.binary(bytes)).map { !$0.acknowledgement.isText }
    }
  }

  @Test("Pasted notifications", arguments: 1...3 as ClosedRange<UInt64>)
  func payloads(seed: UInt64) throws {
    let payload = Base64.encode(Vectors.envelope)
    let samples = [payload, "{\"m\":\"\(payload)\"}", "{\"data\":{\"message\":\"\(payload)\"}}"]
    try fuzz(samples.map { Array($0.utf8) }, seed: seed) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      return try PushPayload.envelope(in: text).count <= text.utf8.count
    }
  }

  @Test("Messages that were sealed before", arguments: 1...3 as ClosedRange<UInt64>)
  func sealed(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    let theirs = KeyPair(random: random)
    let cipher = SessionCipher(identity: KeyPair(random: random), registrationID: 1, random: random)
    var record = SessionRecord()
    try cipher.startSession(
      with: PreKeyBundle(
        registrationID: 2, preKeyID: 3, preKey: KeyPair(random: random).publicKey,
        identityKey: theirs.publicKey), in: &record)
    let message = SealedMessage([
      OutgoingMessage(
        device: 1, registrationID: 2, message: try cipher.encrypt([1, 2, 3], in: &record)),
      OutgoingMessage(
        device: 4, registrationID: nil, message: try cipher.encrypt([4], in: &record)),
    ])
    #expect(try SealedMessage(serialized: message.serialized) == message)
    try fuzz([message.serialized], seed: seed) { bytes in
      let read = try SealedMessage(serialized: bytes)
      return try SealedMessage(serialized: read.serialized) == read
    }
  }

  /// One of the calls that a relay answers with more than a status.
  private static func ask(_ call: Int, _ client: Client) async throws {
    let (api, number) = (client.api, "+14152222222")
    switch call {
    case 0: _ = try await api.remainingKeys()
    case 1: _ = try await api.provisioningCode()
    case 2: _ = try await api.link(code: "1", device: client.device)
    case 3: _ = try await api.lookUp([number])
    case 4: _ = try await api.keys(of: number, .every)
    case 5: _ = try await api.keys(of: number, .primary)
    case 6: _ = try await api.allocateAttachment()
    default: try await api.send([], to: number, timestamp: 1)
    }
  }

  @Test("Answers of a relay: anything may come in place of them")
  func answers() async throws {
    let samples = [
      "{\"count\":7}", "{\"verificationCode\":\"1\"}", "{\"deviceId\":2}",
      "{\"contacts\":[{\"token\":\"BQVVHxMt5zAFXA\",\"relay\":\"r\",\"supportsSms\":true}]}",
      "{\"keys\":[\(Contact().key(device: 1, id: 1))]}", Contact().key(device: 2, id: 2),
      "{\"id\":9223372036854775807,\"location\":\"http://127.0.0.1/\"}",
      "{\"missingDevices\":[2],\"extraDevices\":[3],\"staleDevices\":[4]}",
    ]
    let random = SeededRandom(seed: 5)
    let replies = (0..<400).map { round in
      (
        round % 50 == 49 ? 409 : 200,
        String(decoding: damaged(Array(samples[round % samples.count].utf8), random), as: UTF8.self)
      )
    }
    try await Script(replies).run { client in
      var (answered, refused) = (0, 0)
      for round in 0..<replies.count {
        do {
          try await FuzzTests.ask(round % samples.count, client)
          answered += 1
        } catch is TextSecureError {
          refused += 1
        }
      }
      #expect(answered > 20 && refused > 20)
    }
  }
}

extension WebSocketMessage {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
