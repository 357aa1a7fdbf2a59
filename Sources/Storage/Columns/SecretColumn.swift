import Cryptography
import Database

/// A secret is kept as it is: the file and its directory are for the owner's eyes only.
extension Secret: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .text(revealed) }

  public init?(databaseValue: DatabaseValue) {
    guard case .text(let text) = databaseValue else { return nil }
    self.init(text)
  }
}

/// Likewise key material, as a blob.
extension SecretBytes: DatabaseConvertible {
  public var databaseValue: DatabaseValue { .blob(revealed) }

  public init?(databaseValue: DatabaseValue) {
    guard case .blob(let bytes) = databaseValue else { return nil }
    self.init(bytes)
  }
}
