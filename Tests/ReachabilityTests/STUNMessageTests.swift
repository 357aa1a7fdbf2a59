import Cryptography
import Testing

@testable import Reachability

/// The messages of RFC 5769, and such as are none.
struct STUNMessageTests {
  private static let password = Array("VOkJxbRl1RmTxUk/WvJxBt".utf8)

  private static let request = bytes(
    """
    00010058 2112a442 b7e7a701 bc34d686 fa87dfae 80220010 5354554e 20746573 7420636c 69656e74
    00240004 6e0001ff 80290008 932ff9b1 51263b36 00060009 6576746a 3a683676 59202020 00080014
    9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf
    """)
  private static let answerIPv4 = bytes(
    """
    0101003c 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220 00200008
    0001a147 e112a643 00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96
    """)
  private static let answerIPv6 = bytes(
    """
    01010048 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220 00200014
    0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9 00080014 a382954e 4be67bf1 1784c97c 8292c275
    bfe3ed41 80280004 c8fb0b4c
    """)
  private static let longTerm = bytes(
    """
    00010060 2112a442 78ad3433 c6ad72c0 29da412e 00060012 e3839ee3 8388e383 aae38383 e382afe3
    82b90000 0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341 0014000b
    6578616d 706c652e 6f726700 00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666
    """)

  @Test func readsTheRequest() throws {
    let message = try #require(STUNMessage(Self.request))
    #expect(message.kind == STUNMessage.Kind.bindingRequest.rawValue)
    #expect(message[STUNAttribute.userName] == Array("evtj:h6vY".utf8))
    #expect(message.attributes.count == 6)
    #expect(STUNMessage.isIntact(Self.request, key: Self.password))
    #expect(!STUNMessage.isIntact(Self.request, key: Array("other".utf8)))
  }

  @Test func readsTheAnswers() throws {
    let four = try #require(STUNMessage(Self.answerIPv4))
    #expect(four.address(STUNAttribute.mappedAddress)?.description == "192.0.2.1:32853")
    #expect(STUNMessage.isIntact(Self.answerIPv4, key: Self.password))
    let six = try #require(STUNMessage(Self.answerIPv6))
    #expect(
      six.address(STUNAttribute.mappedAddress)?.description
        == "[2001:db8:1234:5678:11:2233:4455:6677]:32853")
    #expect(STUNMessage.isIntact(Self.answerIPv6, key: Self.password))
    for place in [20, 30, 45, 60, 76] {
      var damaged = Self.answerIPv4
      damaged[place] ^= 1
      #expect(!STUNMessage.isIntact(damaged, key: Self.password))
    }
  }

  @Test func signsWithLongTermCredentials() throws {
    let vector = try #require(STUNMessage(Self.longTerm))
    // The RFC's password after SASLprep, which this program leaves out: MAX's passwords are base64.
    let key = STUNMessage.longTermKey(
      user: "マトリックス", realm: "example.org", password: Secret("TheMatrIX"))
    #expect(STUNMessage.isIntact(Self.longTerm, key: key))
    var message = STUNMessage(.bindingRequest, transaction: vector.transaction)
    message.attributes = vector.attributes.filter { $0.type != STUNAttribute.messageIntegrity }
    message.sign(key: key)
    #expect(message.bytes == Self.longTerm)
  }

  @Test func readsErrors() throws {
    var message = STUNMessage(.allocateError, transaction: [UInt8](repeating: 1, count: 12))
    message.append(STUNAttribute.errorCode, [0, 0, 4, 86] + Array("Quota".utf8))
    let read = try #require(STUNMessage(message.bytes))
    #expect(read == message)
    #expect(read.error?.code == 486)
    #expect(read.error?.reason == "Quota")
    #expect(read.refusal == .refused(code: 486, reason: "Quota"))
    #expect(try #require(STUNMessage(Self.answerIPv4)).error == nil)
  }

  @Test func refusesWhatIsNoMessage() {
    let whole = Self.answerIPv4
    for count in 0..<whole.count { #expect(STUNMessage(Array(whole.prefix(count))) == nil) }
    #expect(STUNMessage(whole + [0, 0, 0, 0]) == nil)
    for (place, value): (Int, UInt8) in [(0, 0x80), (4, 0), (3, 0x3d), (23, 0xff)] {
      var damaged = whole
      damaged[place] = value
      #expect(STUNMessage(damaged) == nil)
    }
    #expect(STUNMessage([UInt8](repeating: 0, count: 70_000)) == nil)
  }

  @Test(arguments: 0..<4)
  func survivesDamage(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      var damaged = Self.longTerm
      for _ in 0..<3 {
        let dice = random.bytes(2)
        damaged[Int(dice[0]) % damaged.count] = dice[1]
      }
      damaged.removeLast(Int(random.bytes(1)[0]) % 8)
      guard let message = STUNMessage(damaged) else { continue }
      for attribute in message.attributes { _ = message.address(attribute.type) }
      _ = message.error
      _ = STUNMessage.isIntact(damaged, key: Self.password)
    }
  }

  @Test(
    arguments: [
      ("stun:192.0.2.10:19302", "192.0.2.10", 19302),
      ("STUN:stun.example.org", "stun.example.org", 3478),
      ("stun:[2001:db8::1]:5", "2001:db8::1", 5), ("stun:[::1]", "::1", 3478),
      ("stun:h:1?transport=udp", "h", 1),
    ] as [(String, String, UInt16)])
  func readsAddresses(text: String, host: String, port: UInt16) throws {
    let uri = try ServerURI(text, scheme: "stun")
    #expect(uri.host == host)
    #expect(uri.port == port)
  }

  @Test(arguments: [
    ("", ReachabilityError.badAddress), ("stun", .badAddress), ("turn:h:1", .badAddress),
    ("stun:", .badAddress), ("stun:h:0", .badAddress), ("stun:h:65536", .badAddress),
    ("stun:h:1:2", .badAddress), ("stun:[::1", .badAddress), ("stun:[::1]x", .badAddress),
    ("stun:a b:1", .badAddress), ("stun://h:1", .badAddress), ("stuns:h:1", .unsupported),
    ("stun:h:1?transport=tcp", .unsupported),
  ])
  func refusesAddresses(text: String, error: ReachabilityError) {
    #expect(throws: error) { try ServerURI(text, scheme: "stun") }
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    Hexadecimal.decode(hexadecimal.filter { !$0.isWhitespace }) ?? []
  }
}
