import CZlib
import Cryptography

/// A STUN or TURN message (RFC 5389, RFC 5766): a type, a transaction and attributes in order.
struct STUNMessage: Sendable, Equatable {
  /// Methods and classes as they stand in the type.
  enum Kind {
    static let binding: UInt16 = 0x0001
    static let allocate: UInt16 = 0x0003
    static let refresh: UInt16 = 0x0004
    static let createPermission: UInt16 = 0x0008
    static let success: UInt16 = 0x0100
    static let failure: UInt16 = 0x0110
  }

  enum Name {
    static let username: UInt16 = 0x0006
    static let integrity: UInt16 = 0x0008
    static let errorCode: UInt16 = 0x0009
    static let lifetime: UInt16 = 0x000d
    static let realm: UInt16 = 0x0014
    static let nonce: UInt16 = 0x0015
    static let relayedAddress: UInt16 = 0x0016
    static let requestedTransport: UInt16 = 0x0019
    static let mappedAddress: UInt16 = 0x0020
    static let software: UInt16 = 0x8022
    static let fingerprint: UInt16 = 0x8028
  }

  private struct Attribute: Sendable, Equatable {
    let name: UInt16
    let value: [UInt8]
    /// Where it begins amid the message's bytes.
    let start: Int
  }

  private static let cookie: [UInt8] = [0x21, 0x12, 0xa4, 0x42]
  private static let headerLength = 20

  /// As on the wire.
  private(set) var bytes: [UInt8]
  private var attributes: [Attribute] = []

  var type: UInt16 { number(0) }
  /// 12 bytes.
  var transaction: [UInt8] { Array(bytes[8..<20]) }

  init(type: UInt16, transaction: [UInt8]) {
    bytes = [UInt8(type >> 8), UInt8(truncatingIfNeeded: type), 0, 0]
    bytes += STUNMessage.cookie + transaction
  }

  /// nil if `bytes` are no whole message; nothing may follow it.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= STUNMessage.headerLength, bytes.count % 4 == 0, bytes[0] & 0xc0 == 0,
      Array(bytes[4..<8]) == STUNMessage.cookie
    else { return nil }
    self.bytes = bytes
    guard Int(number(2)) == bytes.count - STUNMessage.headerLength else { return nil }
    var position = STUNMessage.headerLength
    while position < bytes.count {
      let start = position + 4
      let end = start + Int(number(position + 2))
      guard end <= bytes.count else { return nil }
      attributes.append(
        Attribute(name: number(position), value: Array(bytes[start..<end]), start: position))
      position = (end + 3) & ~3
    }
  }

  private func number(_ index: Int) -> UInt16 {
    UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
  }

  subscript(name: UInt16) -> [UInt8]? { attributes.first { $0.name == name }?.value }

  func text(_ name: UInt16) -> String? { self[name].map { String(decoding: $0, as: UTF8.self) } }

  mutating func add(_ name: UInt16, _ value: some Collection<UInt8>) {
    attributes.append(Attribute(name: name, value: Array(value), start: bytes.count))
    for number in [Int(name), value.count] {
      bytes += [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
    }
    bytes += value
    bytes += [UInt8](repeating: 0, count: -value.count & 3)
    bytes = STUNMessage.head(bytes, length: bytes.count)
  }

  /// An IPv4 address hidden by the cookie, as the XOR- attributes have it.
  mutating func add(_ name: UInt16, address: [UInt8], port: UInt16) {
    let port = port ^ 0x2112
    let hidden = zip(address, STUNMessage.cookie).map { $0 ^ $1 }
    add(name, [0, 1, UInt8(port >> 8), UInt8(truncatingIfNeeded: port)] + hidden)
  }

  /// ERROR-CODE: a number such as 401 and its words.
  mutating func addError(_ code: Int, _ reason: String) {
    add(Name.errorCode, [0, 0, UInt8(code / 100), UInt8(code % 100)] + Array(reason.utf8))
  }

  // MARK: Proofs

  /// Adds a MESSAGE-INTEGRITY over all that is there.
  mutating func sign(with key: [UInt8]) {
    add(Name.integrity, integrity(upTo: bytes.count, key))
  }

  /// Whether the MESSAGE-INTEGRITY is right for `key`; false without one.
  func isSigned(with key: [UInt8]) -> Bool {
    guard let seal = attributes.first(where: { $0.name == Name.integrity }) else { return false }
    return equalInConstantTime(integrity(upTo: seal.start, key), seal.value)
  }

  /// Whether the FINGERPRINT, where there is one, stands last and is right.
  var hasGoodFingerprint: Bool {
    guard let print = attributes.first(where: { $0.name == Name.fingerprint }) else { return true }
    let covered = STUNMessage.head(Array(bytes[..<print.start]), length: print.start + 8)
    let sum = crc32(0, covered, UInt32(covered.count)) ^ 0x5354_554e
    return print == attributes.last
      && print.value == (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) }
  }

  /// The key of long-term credentials: what stands before `:` matters, also inside the name.
  static func key(username: String, realm: String, password: String) -> [UInt8] {
    Digest.md5.hash("\(username):\(realm):\(password)".utf8)
  }

  /// Over the bytes before `end`, with a length as if the integrity were there.
  private func integrity(upTo end: Int, _ key: [UInt8]) -> [UInt8] {
    let covered = STUNMessage.head(Array(bytes[..<end]), length: end + 24)
    return Digest.sha1.authenticate(covered, key: key)
  }

  /// `bytes` with a length field for a message of `length` bytes.
  private static func head(_ bytes: [UInt8], length: Int) -> [UInt8] {
    let body = length - headerLength
    return bytes[..<2] + [UInt8(truncatingIfNeeded: body >> 8), UInt8(truncatingIfNeeded: body)]
      + bytes[4...]
  }
}
