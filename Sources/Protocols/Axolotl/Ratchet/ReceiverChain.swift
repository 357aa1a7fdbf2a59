import Cryptography

/// The messages that the other side sends under one of its ratchet keys.
struct ReceiverChain: Sendable, Equatable {
  /// How many messages may be missing before one, and how many seeds are kept for them
  /// (TextSecure protocol notes §1.7).
  static let maximumSkipped = 2000

  /// A message that has not come yet, though a later one has.
  struct Skipped: Sendable, Equatable {
    let counter: UInt32
    let seed: SecretBytes
  }

  let ratchetKey: PublicKey
  private(set) var chainKey: ChainKey
  /// In the order of their counters.
  private(set) var skipped: [Skipped]

  init(ratchetKey: PublicKey, chainKey: ChainKey, skipped: [Skipped] = []) {
    self.ratchetKey = ratchetKey
    self.chainKey = chainKey
    self.skipped = skipped
  }

  /// Takes out the keys of a message, once; those of skipped messages before it are kept.
  ///
  /// Throws ``AxolotlError/duplicate``, ``AxolotlError/tooFarAhead(_:)``.
  mutating func takeKeys(counter: UInt32) throws(AxolotlError) -> MessageKeys {
    if counter < chainKey.index {
      guard let place = skipped.firstIndex(where: { $0.counter == counter }) else {
        throw .duplicate
      }
      return MessageKeys(seed: skipped.remove(at: place).seed)
    }
    let distance = Int(counter - chainKey.index)
    guard distance <= ReceiverChain.maximumSkipped else { throw .tooFarAhead(distance) }
    for _ in 0..<distance {
      skipped.append(Skipped(counter: chainKey.index, seed: chainKey.messageSeed))
      chainKey = chainKey.next
    }
    skipped.removeFirst(max(0, skipped.count - ReceiverChain.maximumSkipped))
    defer { chainKey = chainKey.next }
    return MessageKeys(seed: chainKey.messageSeed)
  }
}
