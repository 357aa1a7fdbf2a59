import Axolotl

/// Where a device keeps its sessions, prekeys and the identities it trusts.
public protocol SessionStore: Sendable {
  /// The trusted identity key of a number; nil before the first contact.
  func identity(of number: String) async throws(TextSecureError) -> PublicKey?
  /// The sessions with a device; nil if there are none.
  func session(with address: DeviceAddress) async throws(TextSecureError) -> SessionRecord?
  /// The devices of a number with which there are sessions.
  func devices(of number: String) async throws(TextSecureError) -> [UInt32]
  /// One of our prekeys, the last-resort key (``PreKey/lastResortID``) among them.
  func preKey(_ id: UInt32) async throws(TextSecureError) -> PreKey?
  /// The last-resort keys before the one in use, the newest first: somebody may have fetched them.
  func retiredLastResortKeys() async throws(TextSecureError) -> [PreKey]
  /// When the last-resort key in use was made, in wall-clock milliseconds; nil if nobody knows.
  func lastResortMadeAt() async throws(TextSecureError) -> Int64?
  /// Whether a session of this number was ever started with this base key, if the session is gone
  /// since.
  func remembers(_ key: BaseKey, of number: String) async throws(TextSecureError) -> Bool
  /// Where the ids of the next batch of prekeys start; nil before the first.
  func nextPreKeyID() async throws(TextSecureError) -> UInt32?
  /// What was encrypted under this name and may have been sent; nil if nothing was.
  func sealed(_ id: DispatchID) async throws(TextSecureError) -> SealedMessage?
  /// Stores all of a step in one transaction, durably, or throws and stores nothing of it.
  ///
  /// What is ended is deleted before sessions are stored.
  func commit(_ step: SessionStep) async throws(TextSecureError)
}

/// Everything that must be stored at once.
public struct SessionStep: Sendable {
  /// Identities met for the first time, or accepted by a person.
  public var identities: [String: PublicKey] = [:]
  /// Sessions made or moved on.
  public var sessions: [DeviceAddress: SessionRecord] = [:]
  /// Base keys that have started sessions, by number: to be remembered for good.
  public var baseKeys: [String: Set<BaseKey>] = [:]
  /// Numbers with all of whose devices the sessions are to be deleted, and what was sealed with them.
  public var endedNumbers: Set<String> = []
  /// Numbers for whom nothing stays sealed: the sessions it was sealed with are over.
  public var unsealedNumbers: Set<String> = []
  /// Prekeys that were used and are to be deleted.
  public var spentPreKeys: Set<UInt32> = []
  /// Prekeys made; one of an id that is taken replaces it.
  public var newPreKeys: [PreKey] = []
  /// A last-resort key made; the one before it is retired.
  public var newLastResort: LastResortKey?
  /// Where the ids of the next batch start, if that changes.
  public var nextPreKeyID: UInt32?
  /// What was encrypted, with the sessions that this moved on.
  public var sealed: [DispatchID: SealedMessage] = [:]
  /// What was encrypted for the wrong devices and is to be forgotten.
  public var unsealed: Set<DispatchID> = []
  /// The messages that came, in their order.
  public var received: [ReceivedMessage] = []

  public init() {}
}

/// A last-resort key, and when it was made.
public struct LastResortKey: Sendable, Equatable {
  /// How many are kept after they were replaced: with a new one a month, whoever has fetched one has
  /// half a year to use it.
  public static let retiredKept = 6
  /// How long one is in use, in milliseconds. Who has recorded the line and steals it one day can
  /// read the first messages of that time.
  static let lifetime: Int64 = 30 * 24 * 3_600_000

  public let key: PreKey
  /// Wall-clock milliseconds since 1970.
  public let madeAt: Int64

  public init(key: PreKey, madeAt: Int64) {
    self.key = key
    self.madeAt = madeAt
  }
}
