import COpenSSL

/// AES-256 in the mode CBC with PKCS #7 padding (NIST SP 800-38A §6.2), piece by piece: for what is
/// too large for the memory.
///
/// The mode does not notice changed bytes: check a MAC over all of it before decrypting.
public struct CBCStream: ~Copyable {
  /// Which way the bytes go.
  public enum Direction: Int32, Sendable { case decrypting = 0, encrypting = 1 }

  private let context = EVP_CIPHER_CTX_new()

  /// - Parameters:
  ///   - key: 32 bytes.
  ///   - iv: 16 bytes, unpredictable when encrypting.
  public init(_ direction: Direction, key: SecretBytes, iv: [UInt8]) {
    precondition(key.count == 32, "the key of AES-256 has 32 bytes")
    precondition(iv.count == AES256.blockSize, "an initialisation vector has 16 bytes")
    let started = key.withUnsafeBytes {
      EVP_CipherInit_ex(
        context, OpenSSLAlgorithm.cbc.raw, nil, $0.bindMemory(to: UInt8.self).baseAddress, iv,
        direction.rawValue)
    }
    precondition(started == 1, "OpenSSL has no AES-256-CBC")
  }

  deinit { EVP_CIPHER_CTX_free(context) }

  /// What comes out for the next `piece` (at most 1 GiB): whole blocks, up to 16 bytes more than went
  /// in.
  public mutating func update(_ piece: ArraySlice<UInt8>) -> [UInt8] {
    precondition(piece.count <= 1 << 30, "OpenSSL counts in 32 bits")
    return [UInt8](unsafeUninitializedCapacity: piece.count + AES256.blockSize) { output, count in
      var length: Int32 = 0
      let ok = piece.withUnsafeBufferPointer {
        EVP_CipherUpdate(context, output.baseAddress, &length, $0.baseAddress, Int32($0.count))
      }
      precondition(ok == 1, "OpenSSL refused a piece")
      count = Int(length)
    }
  }

  /// The last block; nil when decrypting what has no whole blocks, or ends with no padding.
  public consuming func finish() -> [UInt8]? {
    var last = [UInt8](repeating: 0, count: AES256.blockSize)
    var count: Int32 = 0
    guard EVP_CipherFinal_ex(context, &last, &count) == 1 else {
      ERR_clear_error()
      return nil
    }
    return Array(last.prefix(Int(count)))
  }
}
