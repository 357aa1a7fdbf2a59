import COpenSSL

/// An algorithm of OpenSSL, looked up once: the search takes longer than a short message.
///
/// `@unchecked`: made once and then only read, which OpenSSL allows from any thread.
struct OpenSSLAlgorithm: @unchecked Sendable {
  let raw: OpaquePointer

  static let cbc = cipher("AES-256-CBC")
  static let ctr = cipher("AES-256-CTR")
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

  private static func cipher(_ name: String) -> OpenSSLAlgorithm {
    precondition(OpenSSLLifetime.outlivesExit)
    return OpenSSLAlgorithm(EVP_CIPHER_fetch(nil, name, nil), name)
  }

  private static func hash(_ name: String) -> OpenSSLAlgorithm {
    precondition(OpenSSLLifetime.outlivesExit)
    return OpenSSLAlgorithm(EVP_MD_fetch(nil, name, nil), name)
  }

  /// A context of HMAC that knows its digest and waits for a key; to be copied for each use.
  private static func hmac(_ digest: String) -> OpenSSLAlgorithm {
    precondition(OpenSSLLifetime.outlivesExit)
    let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
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
