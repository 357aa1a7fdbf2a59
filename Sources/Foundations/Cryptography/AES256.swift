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
    [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
      count = bytes.count
      bytes.withUnsafeBytes { bytes in
        counterBlock.withUnsafeBytes { counterBlock in
          key.withUnsafeBytes {
            AES256.applyCTR(
              bytes, key: $0, counterBlock: counterBlock,
              into: UnsafeMutableRawBufferPointer(start: output.baseAddress, count: count))
          }
        }
      }
    }
  }

  /// The same from one place in memory to another, of the same size.
  ///
  /// - Parameter key: 32 bytes.
  public static func applyCTR(
    _ bytes: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer,
    counterBlock: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) {
    precondition(key.count == 32, "the key of AES-256 has 32 bytes")
    precondition(counterBlock.count == blockSize, "a counter block has 16 bytes")
    precondition(output.count == bytes.count, "what comes out is as long as what goes in")
    precondition(bytes.count <= Int(Int32.max), "OpenSSL counts in 32 bits")
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    var count: Int32 = 0
    let ok =
      EVP_EncryptInit_ex(
        context, OpenSSLAlgorithm.ctr.raw, nil, key.bindMemory(to: UInt8.self).baseAddress,
        counterBlock.bindMemory(to: UInt8.self).baseAddress) == 1
      && EVP_EncryptUpdate(
        context, output.bindMemory(to: UInt8.self).baseAddress, &count,
        bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count)) == 1
    precondition(ok && Int(count) == bytes.count, "OpenSSL has no AES-256-CTR")
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
