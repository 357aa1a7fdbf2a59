import COpenSSL

/// The block cipher AES with a 256-bit key, in the modes CBC and CTR (NIST SP 800-38A).
///
/// Neither mode notices changed bytes: check a MAC before decrypting.
public struct AES256: Sendable {
  /// The size of a block, and so of an initialisation vector, in bytes.
  public static let blockSize = 16

  private let key: SecretBytes

  /// A cipher under `key`, which must have 32 bytes.
  public init(key: SecretBytes) {
    precondition(key.count == 32, "the key of AES-256 has 32 bytes")
    self.key = key
  }

  /// `plaintext` padded to whole blocks (PKCS #7) and chained to `iv` (16 bytes, unpredictable).
  public func encryptCBC(_ plaintext: [UInt8], iv: [UInt8]) -> [UInt8] {
    guard let output = run(.cbc, plaintext, iv, encrypting: true) else {
      preconditionFailure("OpenSSL has no AES-256-CBC")
    }
    return output
  }

  /// The plaintext without its padding; nil if there are no whole blocks or the padding is none.
  public func decryptCBC(_ ciphertext: [UInt8], iv: [UInt8]) -> [UInt8]? {
    run(.cbc, ciphertext, iv, encrypting: false)
  }

  /// Encrypts, or decrypts again; `counterBlock` (16 bytes) must never come twice with one key.
  public func applyCTR(_ bytes: [UInt8], counterBlock: [UInt8]) -> [UInt8] {
    guard let output = run(.ctr, bytes, counterBlock, encrypting: true) else {
      preconditionFailure("OpenSSL has no AES-256-CTR")
    }
    return output
  }

  private func run(
    _ cipher: OpenSSLAlgorithm, _ input: [UInt8], _ iv: [UInt8], encrypting: Bool
  ) -> [UInt8]? {
    precondition(iv.count == AES256.blockSize, "an initialisation vector has 16 bytes")
    precondition(input.count <= Int(Int32.max) - AES256.blockSize, "OpenSSL counts in 32 bits")
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    let direction: Int32 = encrypting ? 1 : 0
    let started = key.withUnsafeBytes {
      EVP_CipherInit_ex(
        context, cipher.raw, nil, $0.bindMemory(to: UInt8.self).baseAddress, iv, direction)
    }
    var output = [UInt8](repeating: 0, count: input.count + AES256.blockSize)
    var count: Int32 = 0
    var last: Int32 = 0
    let ok = output.withUnsafeMutableBufferPointer { buffer in
      started == 1
        && EVP_CipherUpdate(context, buffer.baseAddress, &count, input, Int32(input.count)) == 1
        && EVP_CipherFinal_ex(context, buffer.baseAddress.map { $0 + Int(count) }, &last) == 1
    }
    guard ok else {
      ERR_clear_error()
      return nil
    }
    return Array(output.prefix(Int(count + last)))
  }
}
