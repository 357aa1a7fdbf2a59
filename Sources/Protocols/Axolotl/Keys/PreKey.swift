import Cryptography

/// A key pair made in advance: its public half waits on the server for somebody who wants to write.
public struct PreKey: Sendable, Equatable {
  /// The id of the key that is given out when the others are used up, and used again and again.
  public static let lastResortID: UInt32 = 0xff_ffff
  /// How many keys are uploaded at once.
  public static let batchSize = 100
  /// Fewer keys left on the server than this: time for a new batch.
  public static let refreshBelow = 10

  /// 24 bits.
  public let id: UInt32
  public let keyPair: KeyPair

  public init(id: UInt32, keyPair: KeyPair) {
    self.id = id
    self.keyPair = keyPair
  }

  /// Whether this is the key that is not deleted after use.
  public var isLastResort: Bool { id == PreKey.lastResortID }

  /// The last-resort key: made once, uploaded with every batch.
  public static func lastResort(random: some RandomSource) -> PreKey {
    PreKey(id: lastResortID, keyPair: KeyPair(random: random))
  }

  /// ``batchSize`` new keys with the ids from `first` on, going round before ``lastResortID``
  /// (TextSecure protocol notes §1.1).
  public static func batch(startingAt first: UInt32, random: some RandomSource) -> [PreKey] {
    (0..<UInt32(batchSize)).map {
      PreKey(id: (first % lastResortID + $0) % lastResortID, keyPair: KeyPair(random: random))
    }
  }

  /// Where the ids of a device's first batch start.
  public static func firstID(random: some RandomSource) -> UInt32 {
    random.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } % lastResortID
  }

  /// Where the ids of the batch after the one that started at `first` start.
  public static func nextID(after first: UInt32) -> UInt32 {
    (first % lastResortID + UInt32(batchSize)) % lastResortID
  }
}
