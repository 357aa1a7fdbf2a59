import Cryptography

/// Tells one installation on a device from the next, so that others notice lost sessions.
public enum RegistrationID {
  /// A new one, 1...16380; 0 would mean "unknown" (TextSecure protocol notes §1.1).
  public static func draw(random: some RandomSource) -> UInt32 {
    random.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } % 16_380 + 1
  }
}
