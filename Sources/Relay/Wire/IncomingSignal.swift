import Cryptography

/// The `IncomingPushMessageSignal` of the TextSecure document: what a recipient gets of a message.
struct IncomingSignal {
  var type: UInt64
  var source: String
  var sourceDevice: UInt64
  /// Milliseconds since 1970.
  var timestamp: UInt64
  /// What the sender encrypted; the relay cannot read it.
  var message: [UInt8]

  /// Protocol buffer, the fields in the order of their numbers.
  var encoded: [UInt8] {
    var output: [UInt8] = []
    func varint(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      output.append(UInt8(rest))
    }
    func integer(_ field: UInt64, _ value: UInt64) {
      varint(field << 3)
      varint(value)
    }
    func bytes(_ field: UInt64, _ value: some Collection<UInt8>) {
      varint(field << 3 | 2)
      varint(UInt64(value.count))
      output += value
    }
    integer(1, type)
    bytes(2, source.utf8)
    integer(5, timestamp)
    bytes(6, message)
    integer(7, sourceDevice)
    return output
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
