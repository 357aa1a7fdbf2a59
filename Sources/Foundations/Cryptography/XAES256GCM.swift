import COpenSSL

/// Authenticated encryption with nonces that may be random however much is sealed: XAES-256-GCM as C2SP
/// specifies it. Each nonce of 192 bits gives a key of its own, for which AES-256-GCM is used once.
///
/// One caller at a time uses a value: it keeps OpenSSL's contexts, which cost more than sealing a page.
public final class XAES256GCM {
  /// Bytes of a nonce.
  public static let nonceSize = 24
  /// Bytes of the tag that tells a changed message.
  public static let tagSize = 16

  /// Encrypts single blocks under the key.
  private let block = EVP_CIPHER_CTX_new()
  private let sealing = EVP_CIPHER_CTX_new()
  private let opening = EVP_CIPHER_CTX_new()
  /// The second half of the key schedule of CMAC (NIST SP 800-38B §6.1), for whole last blocks.
  private var subkey = [UInt8](repeating: 0, count: 16)
  /// The two blocks of which a key is made, and the key.
  private let blocks = UnsafeMutableRawBufferPointer.allocate(byteCount: 32, alignment: 16)
  private let derived = UnsafeMutableRawBufferPointer.allocate(byteCount: 48, alignment: 16)

  /// - Parameter key: 32 bytes.
  public init(key: SecretBytes) {
    precondition(key.count == 32, "the key of XAES-256-GCM has 32 bytes")
    let started = key.withUnsafeBytes { key in
      EVP_CipherInit_ex(block, OpenSSLAlgorithm.ecb.raw, nil, bytes(key.baseAddress), nil, 1) == 1
    }
    let ready =
      EVP_CipherInit_ex(sealing, OpenSSLAlgorithm.gcm.raw, nil, nil, nil, 1) == 1
      && EVP_CipherInit_ex(opening, OpenSSLAlgorithm.gcm.raw, nil, nil, nil, 0) == 1
    precondition(started && ready, "OpenSSL has no AES-256-GCM")
    blocks.initializeMemory(as: UInt8.self, repeating: 0)
    encryptBlocks(count: 16)
    let carry = derived[0] >> 7
    for index in 0..<16 {
      let next = index < 15 ? derived[index + 1] >> 7 : 0
      subkey[index] = derived[index] << 1 | next
    }
    // The polynomial of blocks of 128 bits.
    subkey[15] ^= carry * 0x87
  }

  deinit {
    wipe(derived)
    wipe(blocks)
    subkey.withUnsafeMutableBytes { wipe($0) }
    blocks.deallocate()
    derived.deallocate()
    for context in [block, sealing, opening] { EVP_CIPHER_CTX_free(context) }
  }

  /// Encrypts `plaintext` into `output`, which is as long or is the same memory, and gives its tag.
  ///
  /// - Parameters:
  ///   - data: what is authenticated beside it.
  ///   - nonce: 24 bytes that were never used with this key.
  ///   - tag: 16 bytes are written to it.
  public func seal(
    _ plaintext: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer, tag: UnsafeMutableRawPointer
  ) {
    derive(from: nonce)
    var count: Int32 = 0
    let ok =
      EVP_CipherInit_ex(sealing, nil, nil, bytes(derived.baseAddress), bytes(nonce + 12), 1) == 1
      && EVP_CipherUpdate(sealing, nil, &count, bytes(data.baseAddress), Int32(data.count)) == 1
      && EVP_CipherUpdate(
        sealing, bytes(output), &count, bytes(plaintext.baseAddress), Int32(plaintext.count)) == 1
      && EVP_CipherFinal_ex(sealing, bytes(output), &count) == 1
      && EVP_CIPHER_CTX_ctrl(sealing, EVP_CTRL_AEAD_GET_TAG, Int32(XAES256GCM.tagSize), tag) == 1
    // Going on would leave something in the open.
    precondition(ok, "OpenSSL refused to encrypt")
  }

  /// Decrypts `ciphertext` into `output`, which is as long or is the same memory.
  ///
  /// Returns false, and leaves zeros, if any bit of it, of `data`, the nonce or the tag was changed.
  public func open(
    _ ciphertext: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer, nonce: UnsafeRawPointer,
    tag: UnsafeRawPointer, into output: UnsafeMutableRawPointer
  ) -> Bool {
    derive(from: nonce)
    var count: Int32 = 0
    let ok =
      EVP_CipherInit_ex(opening, nil, nil, bytes(derived.baseAddress), bytes(nonce + 12), 0) == 1
      && EVP_CipherUpdate(opening, nil, &count, bytes(data.baseAddress), Int32(data.count)) == 1
      && EVP_CipherUpdate(
        opening, bytes(output), &count, bytes(ciphertext.baseAddress), Int32(ciphertext.count))
        == 1
      // OpenSSL only reads the tag that it is told to expect.
      && EVP_CIPHER_CTX_ctrl(
        opening, EVP_CTRL_AEAD_SET_TAG, Int32(XAES256GCM.tagSize),
        UnsafeMutableRawPointer(mutating: tag)) == 1
      && EVP_CipherFinal_ex(opening, bytes(output), &count) == 1
    if !ok {
      ERR_clear_error()
      wipe(UnsafeMutableRawBufferPointer(start: output, count: ciphertext.count))
    }
    return ok
  }

  /// The key for the first half of a nonce: a counter, the letter X and the nonce, each through CMAC.
  private func derive(from nonce: UnsafeRawPointer) {
    for number in 0..<2 {
      let start = number * 16
      blocks[start] = 0
      blocks[start + 1] = UInt8(number + 1)
      blocks[start + 2] = UInt8(ascii: "X")
      blocks[start + 3] = 0
      for index in 0..<12 {
        blocks[start + 4 + index] = nonce.load(fromByteOffset: index, as: UInt8.self)
      }
      for index in 0..<16 { blocks[start + index] ^= subkey[index] }
    }
    encryptBlocks(count: 32)
  }

  private func encryptBlocks(count: Int32) {
    var written: Int32 = 0
    let ok = EVP_CipherUpdate(
      block, bytes(derived.baseAddress), &written, bytes(blocks.baseAddress), count)
    precondition(ok == 1 && written == count, "OpenSSL refused to encrypt a block")
  }
}

extension XAES256GCM {
  /// The nonce, the sealed bytes and the tag: for what is small and sealed seldom.
  public func seal(
    _ plaintext: SecretBytes, data: [UInt8], random: some RandomSource = SystemRandom()
  ) -> [UInt8] {
    let nonce = random.bytes(XAES256GCM.nonceSize)
    let count = plaintext.count
    var output = nonce + [UInt8](repeating: 0, count: count + XAES256GCM.tagSize)
    output.withUnsafeMutableBytes { output in
      guard let start = output.baseAddress else { return }
      let body = start + XAES256GCM.nonceSize
      plaintext.withUnsafeBytes { plaintext in
        data.withUnsafeBytes {
          seal(plaintext, data: $0, nonce: start, into: body, tag: body + count)
        }
      }
    }
    return output
  }

  /// What was sealed so; nil if it was changed, or the key or `data` is another.
  public func open(_ sealed: [UInt8], data: [UInt8]) -> SecretBytes? {
    let count = sealed.count - XAES256GCM.nonceSize - XAES256GCM.tagSize
    guard count >= 0 else { return nil }
    var isWhole = false
    let plaintext = SecretBytes(count: max(1, count)) { output in
      sealed.withUnsafeBytes { sealed in
        data.withUnsafeBytes { data in
          guard let start = sealed.baseAddress, let output = output.baseAddress else { return }
          let body = start + XAES256GCM.nonceSize
          isWhole = open(
            UnsafeRawBufferPointer(start: body, count: count), data: data, nonce: start,
            tag: body + count, into: output)
        }
      }
    }
    return isWhole ? plaintext[0..<count] : nil
  }
}

/// As OpenSSL wants to have its bytes.
private func bytes(_ pointer: UnsafeRawPointer?) -> UnsafePointer<UInt8>? {
  pointer?.assumingMemoryBound(to: UInt8.self)
}

private func bytes(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<UInt8>? {
  pointer?.assumingMemoryBound(to: UInt8.self)
}
