import COpenSSL

/// A one-way hash function, computed by OpenSSL.
public enum Digest: Sendable {
  /// 16 bytes; broken, and only where a protocol demands it (the key of TURN).
  case md5
  /// 20 bytes; only where a protocol demands it (the WebSocket handshake, TURN).
  case sha1
  /// 32 bytes.
  case sha256

  /// The hash of `bytes`: 16, 20 or 32 bytes.
  @inlinable
  public func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    bytes.withContiguousStorageIfAvailable { hash(UnsafeRawBufferPointer($0)) }
      ?? Array(bytes).withUnsafeBytes { hash($0) }
  }

  @usableFromInline
  func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { output, count in
      var length: UInt32 = 0
      let ok = EVP_Digest(
        bytes.baseAddress, bytes.count, output.baseAddress, &length, fetched.raw, nil)
      precondition(ok == 1, "OpenSSL has no \(self)")
      count = Int(length)
    }
  }

  /// The keyed hash HMAC (RFC 2104) of `bytes` under `key`, of the digest's length.
  ///
  /// A key longer than the digest's block is hashed first, as the RFC says; an empty one is allowed.
  public func authenticate(
    _ bytes: some Collection<UInt8>, key: some Collection<UInt8>
  ) -> [UInt8] {
    Array(key).withUnsafeBytes { key in
      Array(bytes).withUnsafeBytes { bytes in
        [UInt8](unsafeUninitializedCapacity: length) { output, count in
          count = length
          HMACEngine(self).authenticate(
            bytes, key: key,
            into: UnsafeMutableRawBufferPointer(start: output.baseAddress, count: length))
        }
      }
    }
  }

  /// HMAC of `bytes` under a key that is wiped after use, as is the result.
  public func authenticate(_ bytes: some Collection<UInt8>, key: SecretBytes) -> SecretBytes {
    key.withUnsafeBytes { key in
      Array(bytes).withUnsafeBytes { authenticate($0, key: key) }
    }
  }

  /// HMAC of secret bytes: the step by which one key is made from another.
  public func authenticate(_ bytes: SecretBytes, key: SecretBytes) -> SecretBytes {
    key.withUnsafeBytes { key in bytes.withUnsafeBytes { authenticate($0, key: key) } }
  }

  private func authenticate(
    _ bytes: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer
  ) -> SecretBytes {
    SecretBytes(count: length) { HMACEngine(self).authenticate(bytes, key: key, into: $0) }
  }

  var hmac: OpenSSLAlgorithm {
    switch self {
    case .md5: .hmacMD5
    case .sha1: .hmacSHA1
    case .sha256: .hmacSHA256
    }
  }

  /// Looked up once: OpenSSL's own constants are looked up at each use.
  var fetched: OpenSSLAlgorithm {
    switch self {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    }
  }

  /// The length of its hashes in bytes.
  var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }
}

/// Whether two byte strings are equal, in time that depends on their lengths alone.
public func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// The same of bytes in memory.
public func equalInConstantTime(
  _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
) -> Bool {
  left.count == right.count
    && (left.count == 0 || CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0)
}
