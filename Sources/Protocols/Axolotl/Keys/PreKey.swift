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

/// What the server gives to somebody who wants to write to a device for the first time.
public struct PreKeyBundle: Sendable, Equatable {
  /// The device's registration id; 0 if it is not known.
  public let registrationID: UInt32
  public let preKeyID: UInt32
  public let preKey: PublicKey
  /// To be compared with the known identity of the contact before a session is made with it.
  public let identityKey: PublicKey

  public init(
    registrationID: UInt32, preKeyID: UInt32, preKey: PublicKey, identityKey: PublicKey
  ) {
    self.registrationID = registrationID
    self.preKeyID = preKeyID
    self.preKey = preKey
    self.identityKey = identityKey
  }
}

/// Tells one installation on a device from the next, so that others notice lost sessions.
public enum RegistrationID {
  /// A new one, 1...16380; 0 would mean "unknown" (TextSecure protocol notes §1.1).
  public static func draw(random: some RandomSource) -> UInt32 {
    random.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } % 16_380 + 1
  }
}

/// Which session a first message starts: its base key, and the identity that it is of.
public struct BaseKey: Sendable, Hashable {
  public let identity: PublicKey
  public let key: PublicKey

  public init(identity: PublicKey, key: PublicKey) {
    self.identity = identity
    self.key = key
  }
}
