import Cryptography

/// The key from which one side's messages get theirs, one after the other
/// (TextSecure protocol notes §1.3).
struct ChainKey: Sendable, Equatable {
  let key: SecretBytes
  /// The counter of the message whose keys it gives.
  let index: UInt32

  init(key: SecretBytes, index: UInt32 = 0) {
    self.key = key
    self.index = index
  }

  /// What the message's keys are made from. It tells nothing about any other message.
  var messageSeed: SecretBytes { Digest.sha256.authenticate([0x01], key: key) }

  /// The key of the next message. The way back is closed.
  var next: ChainKey {
    ChainKey(key: Digest.sha256.authenticate([0x02], key: key), index: index &+ 1)
  }
}
