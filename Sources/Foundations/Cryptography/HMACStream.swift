import COpenSSL

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
