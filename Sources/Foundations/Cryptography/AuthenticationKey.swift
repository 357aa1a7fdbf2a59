import COpenSSL

/// A key of HMAC (RFC 2104), prepared once for many messages; OpenSSL wipes it when it is dropped.
///
/// `@unchecked`: the context is only copied after it was made, which OpenSSL allows from any thread.
public final class AuthenticationKey: @unchecked Sendable {
  private let digest: Digest
  private let context: OpaquePointer?

  /// - Parameter key: of any length; one that is longer than the digest's block is hashed first, as
  ///   the RFC says.
  public init(_ digest: Digest, _ key: SecretBytes) {
    self.digest = digest
    context = key.withUnsafeBytes { AuthenticationKey.context(digest, $0) }
  }

  init(_ digest: Digest, _ key: UnsafeRawBufferPointer) {
    self.digest = digest
    context = AuthenticationKey.context(digest, key)
  }

  deinit { EVP_MAC_CTX_free(context) }

  private static func context(_ digest: Digest, _ key: UnsafeRawBufferPointer) -> OpaquePointer? {
    let context = EVP_MAC_CTX_dup(digest.hmac.raw)
    // OpenSSL reads a nil key pointer as "reuse the previous key"; an empty buffer may have one.
    let isSet = withUnsafeBytes(of: UInt8(0)) { empty in
      let key = UnsafeRawBufferPointer(
        start: key.baseAddress ?? empty.baseAddress, count: key.count)
      return EVP_MAC_init(context, key.bindMemory(to: UInt8.self).baseAddress, key.count, nil) == 1
    }
    precondition(isSet, "OpenSSL refused a key of HMAC with \(digest)")
    return context
  }

  /// The keyed hash of `bytes`, of the digest's length.
  public func authenticate(_ bytes: UnsafeRawBufferPointer) -> SecretBytes {
    let context = EVP_MAC_CTX_dup(context)
    defer { EVP_MAC_CTX_free(context) }
    return SecretBytes(count: digest.length) { output in
      var count = 0
      let ok =
        EVP_MAC_update(context, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count) == 1
        && EVP_MAC_final(
          context, output.bindMemory(to: UInt8.self).baseAddress, &count, output.count) == 1
      precondition(ok && count == output.count, "OpenSSL refused HMAC with \(digest)")
    }
  }
}
