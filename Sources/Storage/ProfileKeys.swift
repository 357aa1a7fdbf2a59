import Cryptography
import Database

/// What opens everything that a profile keeps.
package struct ProfileKeys: Sendable {
  let master: SecretBytes
  let id: [UInt8]

  /// The store.
  package var store: DatabaseKey { DatabaseKey(master, id: id) }

  /// The store of paper trading: the same key, and another file, so that pages of one are refused in the
  /// other.
  package var paper: DatabaseKey {
    var id = id
    id[DatabaseKey.idSize - 1] ^= 1
    return DatabaseKey(master, id: id)
  }
}
