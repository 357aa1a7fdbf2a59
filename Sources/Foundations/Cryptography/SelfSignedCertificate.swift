import COpenSSL

/// A certificate for this machine's loopback addresses, signed by its own new key.
///
/// It proves nothing to anybody but those who were told to trust it (`--ca-file`). It cannot vouch
/// for other certificates, so trusting it is harmless.
public struct SelfSignedCertificate: Sendable {
  /// The names and addresses it is good for.
  public static let names = ["DNS:localhost", "IP:127.0.0.1", "IP:::1"]

  /// The X.509 certificate as PEM text.
  public let certificatePEM: String
  /// The P-256 key as unencrypted PKCS #8 PEM text. Never print it.
  public let privateKeyPEM: String

  /// Makes a key and a certificate for it.
  ///
  /// - Parameters:
  ///   - wallTime: Now, in milliseconds since 1970; valid from an hour before, for slow clocks.
  ///   - days: How long it is valid.
  public init(wallTime: Int64, days: Int = 30) throws(CryptographyError) {
    let key = try SelfSignedCertificate.makeKey()
    defer { EVP_PKEY_free(key) }
    guard let certificate = X509_new() else { throw CryptographyError("make a certificate") }
    defer { X509_free(certificate) }
    let now = Int(wallTime / 1000)
    let serial = SystemRandom().bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 1
    guard
      X509_set_version(certificate, Int(X509_VERSION_3)) == 1,
      ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1,
      ASN1_TIME_set(X509_getm_notBefore(certificate), now - 3600) != nil,
      ASN1_TIME_set(X509_getm_notAfter(certificate), now + days * 86_400) != nil,
      X509_set_pubkey(certificate, key) == 1,
      let name = X509_get_subject_name(certificate),
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, "localhost", -1, -1, 0) == 1,
      X509_set_issuer_name(certificate, name) == 1
    else { throw CryptographyError("fill in a certificate") }
    let names = SelfSignedCertificate.names.joined(separator: ",")
    try SelfSignedCertificate.extend(certificate, NID_basic_constraints, "critical,CA:FALSE")
    try SelfSignedCertificate.extend(certificate, NID_subject_alt_name, names)
    try SelfSignedCertificate.extend(certificate, NID_ext_key_usage, "serverAuth")
    try SelfSignedCertificate.extend(certificate, NID_subject_key_identifier, "hash")
    guard X509_sign(certificate, key, EVP_sha256()) > 0 else {
      throw CryptographyError("sign a certificate")
    }
    certificatePEM = try SelfSignedCertificate.text { PEM_write_bio_X509($0, certificate) }
    privateKeyPEM = try SelfSignedCertificate.text {
      PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil)
    }
  }

  private static func makeKey() throws(CryptographyError) -> OpaquePointer {
    let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil)
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard
      EVP_PKEY_keygen_init(context) == 1,
      EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
      EVP_PKEY_keygen(context, &key) == 1, let key
    else { throw CryptographyError("make a key") }
    return key
  }

  private static func extend(
    _ certificate: OpaquePointer, _ kind: Int32, _ value: String
  ) throws(CryptographyError) {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
    let made = X509V3_EXT_conf_nid(nil, &context, kind, value)
    defer { X509_EXTENSION_free(made) }
    guard let made, X509_add_ext(certificate, made, -1) == 1 else {
      throw CryptographyError("extend a certificate")
    }
  }

  /// What `write` puts into a memory buffer of OpenSSL.
  private static func text(
    _ write: (OpaquePointer) -> Int32
  ) throws(CryptographyError) -> String {
    guard let buffer = BIO_new(BIO_s_mem()) else { throw CryptographyError("make a buffer") }
    defer { BIO_free(buffer) }
    guard write(buffer) == 1 else { throw CryptographyError("write PEM text") }
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(buffer))
    let count = BIO_read(buffer, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(Int(max(0, count))), as: UTF8.self)
  }
}
