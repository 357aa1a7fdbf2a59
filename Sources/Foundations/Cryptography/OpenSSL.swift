import COpenSSL

/// An algorithm of OpenSSL, looked up once: the search takes longer than a short message.
///
/// `@unchecked`: made once and then only read, which OpenSSL allows from any thread.
struct OpenSSLAlgorithm: @unchecked Sendable {
  let raw: OpaquePointer

  static let cbc = cipher("AES-256-CBC")
  static let ctr = cipher("AES-256-CTR")
  static let ecb = cipher("AES-256-ECB")
  static let gcm = cipher("AES-256-GCM")
  static let md5 = hash("MD5")
  static let sha1 = hash("SHA1")
  static let sha256 = hash("SHA256")
  static let hmacMD5 = hmac("MD5")
  static let hmacSHA1 = hmac("SHA1")
  static let hmacSHA256 = hmac("SHA256")

  private init(_ raw: OpaquePointer?, _ name: String) {
    guard let raw else { preconditionFailure("OpenSSL has no \(name)") }
    self.raw = raw
  }

  /// A world of OpenSSL without the system's settings, which are for connections: reading them takes a
  /// third of the time until the first page of a sealed store can be opened.
  private static let small = OpenSSLAlgorithm(OSSL_LIB_CTX_new(), "context")

  private static func cipher(_ name: String) -> OpenSSLAlgorithm {
    precondition(OpenSSLLifetime.outlivesExit)
    return OpenSSLAlgorithm(EVP_CIPHER_fetch(small.raw, name, nil), name)
  }

  private static func hash(_ name: String) -> OpenSSLAlgorithm {
    precondition(OpenSSLLifetime.outlivesExit)
    return OpenSSLAlgorithm(EVP_MD_fetch(small.raw, name, nil), name)
  }

  /// A context of HMAC that knows its digest and waits for a key; to be copied for each use.
  private static func hmac(_ digest: String) -> OpenSSLAlgorithm {
    precondition(OpenSSLLifetime.outlivesExit)
    let algorithm = EVP_MAC_fetch(small.raw, "HMAC", nil)
    let context = EVP_MAC_CTX_new(algorithm)
    EVP_MAC_free(algorithm)
    var name = Array(digest.utf8CString)
    let isSet = name.withUnsafeMutableBufferPointer { name in
      EVP_MAC_CTX_set_params(
        context,
        [
          OSSL_PARAM_construct_utf8_string("digest", name.baseAddress, 0),
          OSSL_PARAM_construct_end(),
        ])
    }
    precondition(isSet == 1, "OpenSSL has no HMAC with \(digest)")
    return OpenSSLAlgorithm(context, "HMAC")
  }
}

/// When OpenSSL starts and ends in this process.
public enum OpenSSLLifetime {
  /// To be read before the first use of OpenSSL, by whatever library.
  ///
  /// OpenSSL would free its state when the process exits, while other threads may still be closing
  /// their connections, and they would crash. The system frees it all the same.
  public static let outlivesExit =
    OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}

/// OpenSSL could not do what it always can; the usual reason is a lack of memory.
public struct CryptographyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was to be done.
  public let step: String
  /// OpenSSL's own words.
  public let reason: String

  public var description: String { "cannot \(step) (\(reason)). Free some memory and try again." }

  /// The error with the reason that OpenSSL has left for this thread.
  init(_ step: String) {
    self.step = step
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &text, text.count)
    let words = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    reason = String(decoding: words, as: UTF8.self)
  }
}
