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
  /// Devices whose sessions are to be deleted.
  public var endedDevices: Set<DeviceAddress> = []
  /// Numbers with all of whose devices the sessions are to be deleted.
  public var endedNumbers: Set<String> = []
  /// A prekey that was used and is to be deleted.
  public var spentPreKey: UInt32?
  /// Prekeys made; one of an id that is taken replaces it.
  public var newPreKeys: [PreKey] = []
  /// Where the ids of the next batch start, if that changes.
  public var nextPreKeyID: UInt32?
  /// What was encrypted, with the sessions that this moved on.
  public var sealed: [DispatchID: SealedMessage] = [:]
  /// What was encrypted for the wrong devices and is to be forgotten.
  public var unsealed: Set<DispatchID> = []
  /// The message that came.
  public var received: ReceivedMessage?

  public init() {}
}
