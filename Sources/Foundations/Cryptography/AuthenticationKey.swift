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

/// HMAC-SHA-256 (RFC 2104) over bytes that come piece by piece.
public struct HMACStream: ~Copyable {
  /// How many bytes the code has.
  public static let size = 32

  private let context: OpaquePointer?

  /// - Parameter key: Not empty.
  public init(key: SecretBytes) {
    precondition(key.count > 0, "OpenSSL takes an empty key for none")
    context = EVP_MAC_CTX_dup(OpenSSLAlgorithm.hmacSHA256.raw)
    let started = key.withUnsafeBytes {
      EVP_MAC_init(context, $0.bindMemory(to: UInt8.self).baseAddress, $0.count, nil)
    }
    precondition(started == 1, "OpenSSL has no HMAC-SHA-256")
  }

  deinit { EVP_MAC_CTX_free(context) }

  /// Takes in the next `piece`.
  public mutating func update(_ piece: ArraySlice<UInt8>) {
    let ok = piece.withUnsafeBufferPointer { EVP_MAC_update(context, $0.baseAddress, $0.count) }
    precondition(ok == 1, "OpenSSL refused a piece")
  }

  /// The code of everything taken in: 32 bytes.
  public consuming func finish() -> [UInt8] {
    var code = [UInt8](repeating: 0, count: HMACStream.size)
    var count = 0
    let ok = EVP_MAC_final(context, &code, &count, code.count)
    precondition(ok == 1 && count == HMACStream.size, "OpenSSL refused HMAC-SHA-256")
    return code
  }
}
