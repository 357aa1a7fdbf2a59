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
  public func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
    precondition(OpenSSLLifetime.outlivesExit)
    var output = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let input = Array(bytes)
    let ok = EVP_Digest(input, input.count, &output, &length, algorithm, nil)
    precondition(ok == 1, "OpenSSL has no \(self)")
    return Array(output.prefix(Int(length)))
  }

  /// The keyed hash HMAC (RFC 2104) of `bytes` under `key`, of the digest's length.
  ///
  /// A key longer than the digest's block is hashed first, as the RFC says; an empty one is allowed.
  public func authenticate(
    _ bytes: some Collection<UInt8>, key: some Collection<UInt8>
  ) -> [UInt8] {
    Array(key).withUnsafeBytes { key in
      Array(bytes).withUnsafeBytes { authenticate($0, key: key).revealed }
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
    let context = EVP_MAC_CTX_dup(hmac.raw)
    defer { EVP_MAC_CTX_free(context) }
    return SecretBytes(count: Int(EVP_MD_get_size(algorithm))) { output in
      var count = 0
      // OpenSSL reads a nil key pointer as "reuse the previous key"; an empty buffer may have one.
      let ok = withUnsafeBytes(of: UInt8(0)) { empty in
        let key = UnsafeRawBufferPointer(
          start: key.baseAddress ?? empty.baseAddress, count: key.count)
        return EVP_MAC_init(
          context, key.bindMemory(to: UInt8.self).baseAddress, key.count, nil) == 1
          && EVP_MAC_update(
            context, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count) == 1
          && EVP_MAC_final(
            context, output.bindMemory(to: UInt8.self).baseAddress, &count, output.count) == 1
      }
      precondition(ok && count == output.count, "OpenSSL refused HMAC with \(self)")
    }
  }

  private var hmac: OpenSSLAlgorithm {
    switch self {
    case .md5: .hmacMD5
    case .sha1: .hmacSHA1
    case .sha256: .hmacSHA256
    }
  }

  private var algorithm: OpaquePointer? {
    switch self {
    case .md5: EVP_md5()
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    }
  }
}

/// Whether two byte strings are equal, in time that depends on their lengths alone.
public func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
