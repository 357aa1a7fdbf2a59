import CZlib
import Cryptography

/// A message of STUN or TURN (RFC 5389 §6, RFC 5766).
struct STUNMessage: Equatable {
  /// The types that a reachability test meets (RFC 5389 §18.1, RFC 5766 §13).
  enum Kind: UInt16 {
    case bindingRequest = 0x0001
    case bindingSuccess = 0x0101
    case bindingError = 0x0111
    case allocateRequest = 0x0003
    case allocateSuccess = 0x0103
    case allocateError = 0x0113
    case refreshRequest = 0x0004
    case refreshSuccess = 0x0104
    case refreshError = 0x0114
  }

  struct Attribute: Equatable {
    var type: UInt16
    var value: [UInt8]
  }

  static let cookie: [UInt8] = [0x21, 0x12, 0xa4, 0x42]
  static let headerBytes = 20
  /// More than any answer holds; attributes beyond it are not read.
  static let maximumBytes = 1500

  var kind: UInt16
  /// 12 bytes, the same in question and answer.
  var transaction: [UInt8]
  var attributes: [Attribute] = []

  init(_ kind: Kind, transaction: [UInt8]) {
    self.kind = kind.rawValue
    self.transaction = transaction
  }

  /// Reads a whole datagram; nil if it is no STUN message of RFC 5389.
  init?(_ datagram: [UInt8]) {
    guard (Self.headerBytes...Self.maximumBytes).contains(datagram.count), datagram[0] & 0xc0 == 0,
      Array(datagram[4..<8]) == Self.cookie,
      Self.number(datagram[2..<4]) == datagram.count - Self.headerBytes
    else { return nil }
    kind = UInt16(Self.number(datagram[0..<2]))
    transaction = Array(datagram[8..<20])
    var place = Self.headerBytes
    while place < datagram.count {
      guard datagram.count - place >= 4 else { return nil }
      let type = UInt16(Self.number(datagram[place..<place + 2]))
      let count = Self.number(datagram[place + 2..<place + 4])
      let end = place + 4 + count
      guard end <= datagram.count else { return nil }
      attributes.append(Attribute(type: type, value: Array(datagram[place + 4..<end])))
      // Values are padded to four bytes.
      place = end + (4 - count % 4) % 4
      guard place <= datagram.count else { return nil }
    }
  }

  /// The first attribute of a type: later ones of the same do not count (RFC 5389 §15).
  subscript(type: UInt16) -> [UInt8]? { attributes.first { $0.type == type }?.value }

  mutating func append(_ type: UInt16, _ value: [UInt8]) {
    attributes.append(Attribute(type: type, value: value))
  }

  /// The datagram, zeros as padding.
  var bytes: [UInt8] { bytes(padding: 0) }

  func bytes(padding: UInt8, declaring extra: Int = 0) -> [UInt8] {
    var body: [UInt8] = []
    for attribute in attributes {
      body += Self.bytes(attribute.type) + Self.bytes(UInt16(attribute.value.count))
      body += attribute.value
      body += [UInt8](repeating: padding, count: (4 - attribute.value.count % 4) % 4)
    }
    return Self.bytes(kind) + Self.bytes(UInt16(body.count + extra)) + Self.cookie + transaction
      + body
  }

  static func number(_ bytes: some Collection<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  static func bytes(_ number: UInt16) -> [UInt8] {
    [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
  }
}

/// Attribute types (RFC 5389 §18.2, RFC 5766 §14).
enum STUNAttribute {
  static let userName: UInt16 = 0x0006
  static let messageIntegrity: UInt16 = 0x0008
  static let errorCode: UInt16 = 0x0009
  static let lifetime: UInt16 = 0x000d
  static let realm: UInt16 = 0x0014
  static let nonce: UInt16 = 0x0015
  static let relayedAddress: UInt16 = 0x0016
  static let requestedTransport: UInt16 = 0x0019
  static let mappedAddress: UInt16 = 0x0020
  static let fingerprint: UInt16 = 0x8028
}

extension STUNMessage {
  /// An address that was hidden from meddling gateways by XOR (RFC 5389 §15.2), as `192.0.2.1:5000` or
  /// `[2001:db8::1]:5000`.
  func address(_ type: UInt16) -> SocketAddress? {
    guard let value = self[type], value.count >= 4 else { return nil }
    let mask = Self.cookie + transaction
    let port = UInt16(Self.number(zip(value[2..<4], mask).map { $0 ^ $1 }))
    let host = zip(value[4...], mask).map { $0 ^ $1 }
    switch (value[1], value.count) {
    case (1, 8), (2, 20): return SocketAddress(host: host, port: port)
    default: return nil
    }
  }

  /// The error that an answer carries (RFC 5389 §15.6).
  var error: (code: Int, reason: String)? {
    guard let value = self[STUNAttribute.errorCode], value.count >= 4 else { return nil }
    let reason = String(decoding: value[4...].prefix(500), as: UTF8.self)
    return (Int(value[2] & 7) * 100 + Int(value[3]), reason)
  }

  /// The key of long-term credentials (RFC 5389 §15.4). The password is used as the text it is.
  static func longTermKey(user: String, realm: String, password: Secret) -> [UInt8] {
    Digest.md5.hash(Array("\(user):\(realm):\(password.revealed)".utf8))
  }

  /// Adds MESSAGE-INTEGRITY, which covers everything before it (RFC 5389 §15.4).
  mutating func sign(key: [UInt8]) {
    append(
      STUNAttribute.messageIntegrity, Digest.sha1.authenticate(signedBytes(padding: 0), key: key))
  }

  /// What MESSAGE-INTEGRITY is computed of: the message so far, its length counting that attribute.
  func signedBytes(padding: UInt8) -> [UInt8] { bytes(padding: padding, declaring: 24) }
}

extension STUNMessage {
  /// Whether MESSAGE-INTEGRITY and FINGERPRINT, as far as they are there, fit the datagram: the bytes
  /// that came count, padding included.
  static func isIntact(_ datagram: [UInt8], key: [UInt8]?) -> Bool {
    var place = headerBytes
    while datagram.count - place >= 4 {
      let type = UInt16(number(datagram[place..<place + 2]))
      let count = number(datagram[place + 2..<place + 4])
      guard place + 4 + count <= datagram.count else { return false }
      let value = Array(datagram[place + 4..<place + 4 + count])
      if type == STUNAttribute.messageIntegrity, let key {
        let mac = Digest.sha1.authenticate(covered(datagram, until: place, plus: 24), key: key)
        guard equalInConstantTime(mac, value) else { return false }
      }
      if type == STUNAttribute.fingerprint {
        let covered = covered(datagram, until: place, plus: 8)
        let sum = crc32(0, covered, UInt32(covered.count)) ^ 0x5354_554e
        guard count == 4, number(value) == Int(sum) else { return false }
      }
      place += 4 + count + (4 - count % 4) % 4
    }
    return true
  }

  /// The datagram up to an attribute, with the length it has when that attribute is the last.
  private static func covered(_ datagram: [UInt8], until place: Int, plus size: Int) -> [UInt8] {
    let length = UInt16(place - headerBytes + size)
    return Array(datagram[0..<2]) + bytes(length) + Array(datagram[4..<place])
  }
}
