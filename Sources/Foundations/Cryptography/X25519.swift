import COpenSSL

/// The Diffie-Hellman function over Curve25519 (RFC 7748 §5), computed by OpenSSL.
public enum X25519 {
  /// The size of private, public and agreed keys in bytes.
  public static let size = 32
  /// Both halves: a part of OpenSSL's `EVP_PKEY_KEYPAIR`, a macro that Swift cannot import.
  private static let bothHalves =
    OSSL_KEYMGMT_SELECT_PUBLIC_KEY | OSSL_KEYMGMT_SELECT_PRIVATE_KEY

  /// The public key of a private one, which must have 32 bytes; any will do, the function clamps it.
  public static func publicKey(of privateKey: SecretBytes) -> [UInt8] {
    let key = load(privateKey)
    defer { EVP_PKEY_free(key) }
    var output = [UInt8](repeating: 0, count: size)
    var count = size
    let ok = EVP_PKEY_get_raw_public_key(key, &output, &count)
    precondition(ok == 1 && count == size, "OpenSSL has no X25519")
    return output
  }

  /// What two parties agree on, each knowing its own keys and the other's public key.
  ///
  /// Nil if the other's key has not 32 bytes, or is one of the few points for which the result is
  /// zero whatever the private key: no secret at all.
  ///
  /// - Parameters:
  ///   - privateKey: ours, 32 bytes.
  ///   - publicKey: its other half, 32 bytes: OpenSSL would compute it otherwise, which takes half as
  ///     long as the agreement.
  ///   - theirs: the other's public key.
  public static func agreement(
    _ privateKey: SecretBytes, publicKey: UnsafeRawBufferPointer, _ theirs: UnsafeRawBufferPointer
  ) -> SecretBytes? {
    let ours = load(privateKey, publicKey: publicKey)
    defer { EVP_PKEY_free(ours) }
    let theirs = EVP_PKEY_new_raw_public_key(
      EVP_PKEY_X25519, nil, theirs.bindMemory(to: UInt8.self).baseAddress, theirs.count)
    defer { EVP_PKEY_free(theirs) }
    let context = EVP_PKEY_CTX_new(ours, nil)
    defer { EVP_PKEY_CTX_free(context) }
    guard
      theirs != nil, EVP_PKEY_derive_init(context) == 1,
      EVP_PKEY_derive_set_peer(context, theirs) == 1
    else {
      ERR_clear_error()
      return nil
    }
    var ok = false
    let output = SecretBytes(count: size) { buffer in
      var count = size
      let start = buffer.bindMemory(to: UInt8.self).baseAddress
      ok = EVP_PKEY_derive(context, start, &count) == 1 && count == size
    }
    if !ok { ERR_clear_error() }
    return ok ? output : nil
  }

  /// The same for who has the private key alone.
  public static func agreement(
    _ privateKey: SecretBytes, _ theirs: [UInt8]
  ) -> SecretBytes? {
    publicKey(of: privateKey).withUnsafeBytes { ours in
      theirs.withUnsafeBytes { agreement(privateKey, publicKey: ours, $0) }
    }
  }

  private static func load(
    _ privateKey: SecretBytes, publicKey: UnsafeRawBufferPointer
  ) -> OpaquePointer {
    precondition(OpenSSLLifetime.outlivesExit)
    precondition(privateKey.count == size && publicKey.count == size, "keys have 32 bytes")
    let context = EVP_PKEY_CTX_new_from_name(nil, "X25519", nil)
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    let ok = privateKey.withUnsafeBytes { secret in
      OSSL_PKEY_PARAM_PRIV_KEY.withCString { secretName in
        OSSL_PKEY_PARAM_PUB_KEY.withCString { publicName in
          // OpenSSL only reads what the parameters point to.
          var parameters = [
            OSSL_PARAM_construct_octet_string(
              secretName, UnsafeMutableRawPointer(mutating: secret.baseAddress), secret.count),
            OSSL_PARAM_construct_octet_string(
              publicName, UnsafeMutableRawPointer(mutating: publicKey.baseAddress),
              publicKey.count),
            OSSL_PARAM_construct_end(),
          ]
          return EVP_PKEY_fromdata_init(context) == 1
            && EVP_PKEY_fromdata(context, &key, bothHalves, &parameters) == 1
        }
      }
    }
    guard ok, let key else { preconditionFailure("OpenSSL has no X25519") }
    return key
  }

  private static func load(_ privateKey: SecretBytes) -> OpaquePointer {
    precondition(OpenSSLLifetime.outlivesExit)
    precondition(privateKey.count == size, "a private key has 32 bytes")
    let key = privateKey.withUnsafeBytes {
      EVP_PKEY_new_raw_private_key(
        EVP_PKEY_X25519, nil, $0.bindMemory(to: UInt8.self).baseAddress, $0.count)
    }
    guard let key else { preconditionFailure("OpenSSL has no X25519") }
    return key
  }
}
