import Cryptography

/// The `IncomingPushMessageSignal` of the TextSecure document: what a recipient gets of a message.
struct IncomingSignal: Equatable, Sendable {
  /// Says that a message was delivered; has none itself. From July 2014 on (protocol notes §3.3).
  static let receipt: UInt64 = 5

  var type: UInt64
  var source: String
  var sourceDevice: UInt64
  /// The sender's relay, by our name for it; nil if it is this one.
  var relay: String?
  /// Milliseconds since 1970.
  var timestamp: UInt64
  /// What the sender encrypted; the relay cannot read it. Nil for a receipt.
  var message: [UInt8]?

  /// What it takes in a queue, in bytes.
  var size: Int { message?.count ?? 0 }

  /// Protocol buffer, the fields in the order of their numbers.
  var encoded: [UInt8] {
    var fields = ProtobufFields()
    fields.append(1, type)
    fields.append(2, source.utf8)
    if let relay { fields.append(3, relay.utf8) }
    fields.append(5, timestamp)
    if let message { fields.append(6, message) }
    fields.append(7, sourceDevice)
    return fields.encoded
  }

  /// Version 1, IV, AES-256-CBC ciphertext and the first ten bytes of an HMAC-SHA256 over all that
  /// ("Encrypted IncomingPushMessageSignal format"; the key's 20 bytes only sound like SHA-1).
  ///
  /// - Parameters:
  ///   - signalingKey: 32 bytes for the cipher, 20 for the MAC.
  ///   - iv: 16 unpredictable bytes.
  func sealed(signalingKey: [UInt8], iv: [UInt8]) -> [UInt8] {
    let cipher = AES256(key: SecretBytes(signalingKey.prefix(32)))
    let sealed = [1] + iv + cipher.encryptCBC(encoded, iv: iv)
    let mac: [UInt8] = Digest.sha256.authenticate(sealed, key: Array(signalingKey[32..<52]))
    return sealed + mac.prefix(10)
  }
}

/// The key under which a device's envelopes are sealed.
enum SignalingKey {
  static let size = 52

  /// The 52 bytes; nil if there are fewer. Real servers ignored what was too much.
  static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 1024, let bytes = Base64.decode(text), bytes.count >= size else {
      return nil
    }
    return Array(bytes.prefix(size))
  }
}
