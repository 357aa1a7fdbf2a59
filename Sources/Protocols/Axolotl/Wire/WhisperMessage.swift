import Cryptography

/// A message inside a session: version (1 byte), protocol buffer, MAC (8 bytes)
/// (TextSecure protocol notes §1.6).
public struct WhisperMessage: Sendable, Equatable {
  /// The most bytes that are encrypted at once: the message fits into 64 KiB of base64.
  public static let maximumPlaintext = 48 * 1024 - 512
  /// The most bytes that are read as one message.
  static let maximumSize = 65_536
  /// How much of the code of HMAC-SHA-256 is sent: a word of 64 bits.
  private static let macSize = 8

  /// The fields of the protocol buffer.
  private enum Field {
    static let ratchetKey: UInt32 = 1
    static let counter: UInt32 = 2
    static let previousCounter: UInt32 = 3
    static let ciphertext: UInt32 = 4
  }

  /// The sender's ratchet key of the moment.
  let ratchetKey: PublicKey
  /// Which message of the sender's chain this is, from 0.
  let counter: UInt32
  /// The last counter of the sender's chain before; old clients write 0xFFFFFFFF for "none".
  let previousCounter: UInt32
  /// Where the encrypted text stands in ``serialized``.
  private let textPlace: Range<Int>
  /// All of it as sent or received; the MAC covers these very bytes.
  public let serialized: [UInt8]

  /// The encrypted text.
  var ciphertext: ArraySlice<UInt8> { serialized[textPlace] }

  /// A message to be sent: `plaintext` encrypted and authenticated with `keys`.
  init(
    ratchetKey: PublicKey, counter: UInt32, previousCounter: UInt32, encrypting plaintext: [UInt8],
    with keys: MessageKeys
  ) {
    self.ratchetKey = ratchetKey
    self.counter = counter
    self.previousCounter = previousCounter
    var output: [UInt8] = []
    output.reserveCapacity(
      1 + 4 * [UInt8].fieldOverhead + PublicKey.serializedSize + plaintext.count
        + WhisperMessage.macSize)
    output.append(VersionByte.ours)
    output.append(field: Field.ratchetKey, ratchetKey)
    output.append(field: Field.counter, UInt64(counter))
    output.append(field: Field.previousCounter, UInt64(previousCounter))
    output.append(headOfField: Field.ciphertext, size: plaintext.count)
    let place = output.count..<output.count + plaintext.count
    output.append(contentsOf: plaintext)
    output.withUnsafeMutableBytes {
      let text = UnsafeMutableRawBufferPointer(rebasing: $0[place])
      keys.apply(to: UnsafeRawBufferPointer(text), counter: counter, into: text)
    }
    textPlace = place
    serialized = WhisperMessage.authenticated(output, keys)
  }

  /// Reads a message; throws ``AxolotlError/malformed(_:)``, ``AxolotlError/unsupportedVersion(_:)``.
  public init(_ serialized: some Collection<UInt8>) throws(AxolotlError) {
    self = try WhisperMessage(Array(serialized))
  }

  private init(_ serialized: [UInt8]) throws(AxolotlError) {
    self = try serialized.withUnsafeBufferPointer { bytes throws(AxolotlError) in
      try WhisperMessage(serialized, at: UnsafeRawBufferPointer(bytes))
    }
  }

  private init(
    _ serialized: [UInt8], at bytes: UnsafeRawBufferPointer
  ) throws(AxolotlError) {
    guard bytes.count > WhisperMessage.macSize else {
      throw .malformed("a message of \(bytes.count) bytes")
    }
    try VersionByte.check(bytes[0])
    guard bytes.count - 1 - WhisperMessage.macSize <= WhisperMessage.maximumSize else {
      let count = bytes.count - 1 - WhisperMessage.macSize
      throw .malformed("\(count) bytes, \(WhisperMessage.maximumSize) are allowed")
    }
    var ratchetKey: UnsafeRawBufferPointer?
    var counter: UInt32?
    var previousCounter: UInt32 = 0
    var text: UnsafeRawBufferPointer?
    var scanner = ProtobufScanner(
      UnsafeRawBufferPointer(rebasing: bytes[1..<bytes.count - WhisperMessage.macSize]))
    while let field = try scanner.next() {
      switch field.number {
      case Field.ratchetKey: ratchetKey = field.bytes ?? ratchetKey
      case Field.counter: counter = field.uint32 ?? counter
      case Field.previousCounter: previousCounter = field.uint32 ?? previousCounter
      case Field.ciphertext: text = field.bytes ?? text
      default: continue
      }
    }
    guard let ratchetKey, let counter, let text, let start = text.baseAddress,
      let origin = bytes.baseAddress
    else { throw .malformed("a message without key, counter or text") }
    self.ratchetKey = try PublicKey(ratchetKey)
    self.counter = counter
    self.previousCounter = previousCounter
    textPlace = start - origin..<start - origin + text.count
    self.serialized = serialized
  }

  /// The text that was encrypted with `keys`.
  func plaintext(_ keys: MessageKeys) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: textPlace.count) { output, count in
      count = textPlace.count
      let output = UnsafeMutableRawBufferPointer(start: output.baseAddress, count: count)
      serialized.withUnsafeBytes {
        keys.apply(
          to: UnsafeRawBufferPointer(rebasing: $0[textPlace]), counter: counter, into: output)
      }
    }
  }

  /// Whether the MAC at its end was made with `keys`; takes the same time either way.
  func isAuthentic(_ keys: MessageKeys) -> Bool {
    serialized.withUnsafeBytes { bytes in
      let end = bytes.count - WhisperMessage.macSize
      let claimed = UnsafeRawBufferPointer(rebasing: bytes[end...])
      return keys.withCode(of: UnsafeRawBufferPointer(rebasing: bytes[..<end])) {
        equalInConstantTime(
          claimed, UnsafeRawBufferPointer(rebasing: $0[..<WhisperMessage.macSize]))
      }
    }
  }

  /// `content` with its MAC. Version 2 leaves the identity keys out of it (TextSecure protocol notes
  /// §1.5).
  private static func authenticated(_ content: consuming [UInt8], _ keys: MessageKeys) -> [UInt8] {
    let code = content.withUnsafeBytes { bytes in
      keys.withCode(of: bytes) { $0.loadUnaligned(as: UInt64.self) }
    }
    withUnsafeBytes(of: code) { content.append(contentsOf: $0) }
    return content
  }
}
