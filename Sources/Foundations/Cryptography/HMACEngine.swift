import COpenSSL

/// HMAC (RFC 2104) for several codes one after the other: one context of OpenSSL serves them all.
///
/// OpenSSL's own HMAC would copy three contexts for each code, which takes longer than hashing a short
/// message. What a key leaves behind is overwritten at the end.
public struct HMACEngine: ~Copyable {
  /// The same for MD5, SHA-1 and SHA-256, in bytes.
  private static let blockSize = 64
  private static let inner: UInt8 = 0x36
  private static let outer: UInt8 = 0x5c

  private let digest: Digest
  private let context: OpaquePointer?
  /// The key as the digest takes it in, and after that the inner hash.
  private let block: UnsafeMutableRawBufferPointer

  public init(_ digest: Digest) {
    self.digest = digest
    context = EVP_MD_CTX_new()
    block = .allocate(byteCount: HMACEngine.blockSize, alignment: 8)
    precondition(
      EVP_DigestInit_ex(context, digest.fetched.raw, nil) == 1, "OpenSSL has no \(digest)")
  }

  deinit {
    // The context holds what the last key has made of it; OpenSSL overwrites it as well.
    EVP_MD_CTX_free(context)
    wipe(block)
    block.deallocate()
  }

  /// Writes the keyed hash of some bytes, one after the other, into `output`.
  ///
  /// - Parameters:
  ///   - key: of any length; one that is longer than the digest's block is hashed first, as the RFC
  ///     says.
  ///   - output: of the digest's length; it may be where the bytes or the key stand.
  public borrowing func authenticate(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer = .init(start: nil, count: 0),
    _ third: UnsafeRawBufferPointer = .init(start: nil, count: 0), key: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) {
    precondition(output.count == digest.length, "a code of \(digest) has another length")
    load(key)
    mask(HMACEngine.inner)
    restart()
    update(UnsafeRawBufferPointer(block))
    update(first)
    update(second)
    update(third)
    mask(HMACEngine.inner ^ HMACEngine.outer)
    withUnsafeTemporaryAllocation(byteCount: digest.length, alignment: 8) { hash in
      finish(into: hash)
      restart()
      update(UnsafeRawBufferPointer(block))
      update(UnsafeRawBufferPointer(hash))
      finish(into: output)
      wipe(hash)
    }
  }

  private borrowing func load(_ key: UnsafeRawBufferPointer) {
    block.initializeMemory(as: UInt8.self, repeating: 0)
    guard key.count > HMACEngine.blockSize else { return block.copyMemory(from: key) }
    restart()
    update(key)
    finish(into: UnsafeMutableRawBufferPointer(rebasing: block[..<digest.length]))
  }

  private borrowing func mask(_ byte: UInt8) {
    let mask = UInt64(byte) &* 0x0101_0101_0101_0101
    for place in stride(from: 0, to: HMACEngine.blockSize, by: 8) {
      let word = block.load(fromByteOffset: place, as: UInt64.self)
      block.storeBytes(of: word ^ mask, toByteOffset: place, as: UInt64.self)
    }
  }

  private borrowing func restart() {
    let ok = EVP_DigestInit_ex(context, nil, nil)
    precondition(ok == 1, "OpenSSL refused \(digest)")
  }

  private borrowing func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0 else { return }
    let ok = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(ok == 1, "OpenSSL refused \(digest)")
  }

  private borrowing func finish(into output: UnsafeMutableRawBufferPointer) {
    let start = output.bindMemory(to: UInt8.self).baseAddress
    precondition(EVP_DigestFinal_ex(context, start, nil) == 1, "OpenSSL refused \(digest)")
  }
}

extension HMACEngine {
  /// The keyed hash of `bytes`.
  public borrowing func code(of bytes: UnsafeRawBufferPointer, key: SecretBytes) -> SecretBytes {
    SecretBytes(count: digest.length) { output in
      key.withUnsafeBytes { authenticate(bytes, key: $0, into: output) }
    }
  }
}
