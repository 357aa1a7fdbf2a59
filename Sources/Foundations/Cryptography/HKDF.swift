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
    let hash = HMACEngine(.sha256)
    let key = material.withUnsafeBytes { hash.code(of: $0, key: salt) }
    let blocks = (count + HKDF.blockSize - 1) / HKDF.blockSize
    let output = SecretBytes(count: blocks * HKDF.blockSize) { output in
      Array(info).withUnsafeBytes { info in
        key.withUnsafeBytes { key in
          var last = UnsafeRawBufferPointer(start: nil, count: 0)
          for number in 0..<blocks {
            let place = number * HKDF.blockSize
            let block = UnsafeMutableRawBufferPointer(
              rebasing: output[place..<place + HKDF.blockSize])
            withUnsafeBytes(of: rawValue + UInt8(number)) {
              hash.authenticate(last, info, $0, key: key, into: block)
            }
            last = UnsafeRawBufferPointer(block)
          }
        }
      }
    }
    return count == output.count ? output : output[0..<count]
  }

  /// What one step gives, in bytes.
  private static let blockSize = 32
}
