import COpenSSL

/// When OpenSSL starts and ends in this process.
public enum OpenSSLLifetime {
  /// To be read before the first use of OpenSSL, by whatever library.
  ///
  /// OpenSSL would free its state when the process exits, while other threads may still be closing
  /// their connections, and they would crash. The system frees it all the same.
  public static let outlivesExit =
    OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}
