import Cryptography
import Testing

@testable import Axolotl

@Suite("The ratchet")
struct RatchetTests {
  @Test("Messages are understood in any order, once", arguments: 1...3)
  func disorder(seed: UInt64) throws {
    var (alice, bob) = try Device.pair(seed: seed)
    let random = SeededRandom(seed: seed)
    var toAlice: [(CiphertextMessage, String)] = []
    var toBob: [(CiphertextMessage, String)] = []
    var seen: [CiphertextMessage] = []
    for number in 0..<150 {
      switch random.bytes(1)[0] % 4 {
      case 0: toBob.append((try alice.write("to bob \(number)"), "to bob \(number)"))
      case 1: toAlice.append((try bob.write("to alice \(number)"), "to alice \(number)"))
      case 2 where !toBob.isEmpty:
        // One of the three that wait longest.
        let (message, text) = toBob.remove(at: Int(random.bytes(1)[0]) % min(3, toBob.count))
        #expect(try bob.read(message) == text)
        seen.append(message)
      case 3 where !toAlice.isEmpty:
        let (message, text) = toAlice.remove(at: Int(random.bytes(1)[0]) % min(3, toAlice.count))
        #expect(try alice.read(message) == text)
      default: break
      }
    }
    #expect(seen.count > 15)
    for message in seen.suffix(3) {
      #expect(throws: AxolotlError.duplicate) { try bob.read(message) }
    }
  }

  @Test("Two thousand messages may be missing, not one more")
  func skipping() throws {
    var (alice, bob) = try Device.pair()
    var messages: [CiphertextMessage] = []
    for number in 0...2001 { messages.append(try alice.write("\(number)")) }
    #expect(throws: AxolotlError.tooFarAhead(2001)) { try bob.read(messages[2001]) }
    #expect(try bob.read(messages[2000]) == "2000")
    #expect(try bob.read(messages[2001]) == "2001")
    #expect(try bob.read(messages[0]) == "0")
    #expect(try bob.read(messages[1999]) == "1999")
    #expect(throws: AxolotlError.duplicate) { try bob.read(messages[1999]) }
    #expect(bob.record.current?.receivers.last?.skipped.count == 1998)
    #expect(bob.record.serialized.count < 2000 * 36 + 1000)
  }

  @Test("Of more than two thousand that are missing in all, the oldest are given up")
  func skippingTwice() throws {
    var (alice, bob) = try Device.pair()
    var messages: [CiphertextMessage] = []
    for number in 0...1510 { messages.append(try alice.write("\(number)")) }
    #expect(try bob.read(messages[1500]) == "1500")
    for number in 1511...3000 { messages.append(try alice.write("\(number)")) }
    #expect(try bob.read(messages[3000]) == "3000")
    // 2,999 are missing: 0...1499 and 1501...2999.
    #expect(throws: AxolotlError.duplicate) { try bob.read(messages[998]) }
    #expect(try bob.read(messages[999]) == "999")
  }

  @Test("Five of the other side's chains are kept")
  func chains() throws {
    var (alice, bob) = try Device.pair()
    var late: [CiphertextMessage] = []
    for round in 0..<6 {
      late.append(try alice.write("late \(round)"))
      #expect(try bob.read(try alice.write("now \(round)")) == "now \(round)")
      _ = try alice.read(try bob.write("turn"))
    }
    #expect(bob.record.current?.receivers.count == 5)
    #expect(throws: AxolotlError.notAuthentic) { try bob.read(late[0]) }
    for round in 1..<6 { #expect(try bob.read(late[round]) == "late \(round)") }
  }

  @Test("A changed message is refused wherever it was changed, and nothing is lost")
  func tampering() throws {
    var (alice, bob) = try Device.pair()
    let message = try alice.write("pay 10").serialized
    for place in message.indices {
      var changed = message
      changed[place] ^= 0x40
      #expect(throws: AxolotlError.self) {
        try bob.read(try CiphertextMessage(envelopeType: 1, changed))
      }
    }
    #expect(try bob.read(try CiphertextMessage(envelopeType: 1, message)) == "pay 10")
  }

  @Test("The plaintext is hidden, and the same text looks different each time")
  func hiding() throws {
    var (alice, _) = try Device.pair()
    let text = "a text that must not be seen"
    let messages = [try alice.write(text), try alice.write(text)].map(\.serialized)
    #expect(!messages[0].contains(Array(text.utf8)))
    #expect(Set(messages.map { $0.dropLast(8).suffix(text.utf8.count) }).count == 2)
  }

  @Test("Read messages leave no key behind with which they could be read again")
  func forwardSecrecy() throws {
    var (alice, bob) = try Device.pair()
    let message = try alice.write("burn this")
    #expect(try bob.read(message) == "burn this")
    guard case .whisper(let whisper) = message, let stolen = bob.record.current else {
      Issue.record("no session")
      return
    }
    for chain in stolen.receivers where chain.ratchetKey == whisper.ratchetKey {
      #expect(chain.chainKey.index == whisper.counter + 1)
      #expect(chain.skipped.isEmpty)
      #expect(!whisper.isAuthentic(MessageKeys(seed: chain.chainKey.messageSeed)))
    }
  }

  @Test("previousCounter is the last counter of the chain before, 0 if there was none")
  func previousCounter() throws {
    var (alice, bob) = try Device.pair()
    func previous(_ message: CiphertextMessage) -> UInt32? {
      if case .whisper(let message) = message { message.previousCounter } else { nil }
    }
    let first = try bob.write("x")
    #expect(previous(first) == 0)
    for _ in 0..<3 { _ = try bob.read(try alice.write("y")) }
    _ = try alice.read(try bob.write("z"))
    let turned = try alice.write("turned")
    #expect(previous(turned) == 2)
  }
}
