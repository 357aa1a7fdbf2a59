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
