import Cryptography

/// What a sealed database is opened with.
public struct DatabaseKey: Sendable {
  /// Bytes of the id of a database.
  public static let idSize = 16

  /// 32 bytes.
  let secret: SecretBytes
  /// Says which database it is: pages of another one under the same key are refused.
  let id: [UInt8]

  /// - Parameters:
  ///   - secret: 32 bytes that nothing else is sealed with but this database and copies of it.
  ///   - id: 16 bytes, no secret.
  public init(_ secret: SecretBytes, id: [UInt8]) {
    precondition(secret.count == 32 && id.count == DatabaseKey.idSize, "a key and an id")
    (self.secret, self.id) = (secret, id)
  }
}
