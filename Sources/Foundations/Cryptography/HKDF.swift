/// Keys from key material: HMAC-SHA-256, first extracting, then expanding (RFC 5869).
public enum HKDF: UInt8, Sendable {
  /// The first block is numbered 0, as TextSecure's protocol version 2 did it.
  case countingFromZero = 0
  /// The first block is numbered 1, as the RFC says.
  case countingFromOne = 1

  /// `count` bytes (at most 8,128) of key, bound to the purpose `info`.
  ///
  /// An empty `salt` means 32 zero bytes, as in RFC 5869 §2.2.
  public func derive(
    _ count: Int, from material: SecretBytes, salt: SecretBytes = SecretBytes([]),
    info: some Collection<UInt8>
  ) -> SecretBytes {
    precondition(count <= 254 * 32, "a block number is one byte")
    let key = Digest.sha256.authenticate(material, key: salt)
    let purpose = SecretBytes(info)
    var blocks = [SecretBytes([])]
    for number in 0..<(count + 31) / 32 {
      let numeral = SecretBytes([rawValue + UInt8(number)])
      let input = SecretBytes(joining: [blocks[number], purpose, numeral])
      blocks.append(Digest.sha256.authenticate(input, key: key))
    }
    return SecretBytes(joining: blocks)[0..<count]
  }
}
