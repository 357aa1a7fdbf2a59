import COpenSSL

/// Keys from passphrases: scrypt (RFC 7914), which takes as much memory as time, so that guessing many
/// is dear.
public struct Scrypt: Sendable, Equatable {
  /// The binary logarithm of N, the cost in time and memory; each step doubles both.
  public let logCost: Int
  /// Blocks of 128 bytes that are mixed at a time (r), and how often all is done (p).
  public let blockSize, parallelism: Int

  /// What a stored file may ask for: less is no protection, more would be an attack on memory.
  public static let costs = 10...20

  /// Nil for costs out of bounds, as a damaged file may name them.
  public init?(logCost: Int, blockSize: Int = 8, parallelism: Int = 1) {
    guard Scrypt.costs ~= logCost, 1...32 ~= blockSize, 1...16 ~= parallelism else { return nil }
    (self.logCost, self.blockSize, self.parallelism) = (logCost, blockSize, parallelism)
  }

  /// `count` bytes of key.
  public func key(
    _ count: Int, passphrase: Secret, salt: [UInt8]
  ) throws(CryptographyError)
    -> SecretBytes
  {
    precondition(OpenSSLLifetime.outlivesExit)
    // What the RFC counts (§6), and room for OpenSSL's own.
    let memory = UInt64(128 * blockSize) * (UInt64(1) << logCost + UInt64(parallelism) + 2)
    let words = SecretBytes(passphrase.revealed.utf8)
    var ok = false
    let key = SecretBytes(count: count) { output in
      words.withUnsafeBytes { words in
        ok =
          EVP_PBE_scrypt(
            words.bindMemory(to: CChar.self).baseAddress, words.count, salt, salt.count,
            UInt64(1) << logCost, UInt64(blockSize), UInt64(parallelism), memory + 1 << 20,
            output.bindMemory(to: UInt8.self).baseAddress, count) == 1
      }
    }
    guard ok else { throw CryptographyError("make a key of a passphrase") }
    return key
  }
}
