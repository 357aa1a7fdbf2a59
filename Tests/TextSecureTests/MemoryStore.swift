import Axolotl

@testable import TextSecure

/// A store that forgets when it goes away, and can be made to fail.
actor MemoryStore: SessionStore {
  private(set) var identities: [String: PublicKey] = [:]
  private(set) var sessions: [DeviceAddress: SessionRecord] = [:]
  private(set) var preKeys: [UInt32: PreKey] = [:]
  private(set) var received: [ReceivedMessage] = []
  private(set) var steps = 0
  private(set) var sealed: [DispatchID: SealedMessage] = [:]
  private(set) var retired: [PreKey] = []
  private var madeAt: Int64?
  private var baseKeys: [String: Set<BaseKey>] = [:]
  private var nextID: UInt32?
  private var failure: String?
  private var isDying = false
  private var refused: String?

  func identity(of number: String) -> PublicKey? { identities[number] }
  func session(with address: DeviceAddress) -> SessionRecord? { sessions[address] }
  func devices(of number: String) -> [UInt32] {
    sessions.keys.filter { $0.number == number }.map(\.device)
  }
  func preKey(_ id: UInt32) -> PreKey? { preKeys[id] }
  func retiredLastResortKeys() -> [PreKey] { retired }
  func lastResortMadeAt() -> Int64? { madeAt }
  func remembers(_ key: BaseKey, of number: String) -> Bool {
    baseKeys[number]?.contains(key) == true
  }
  func nextPreKeyID() -> UInt32? { nextID }

  func sealed(_ id: DispatchID) -> SealedMessage? { sealed[id] }

  /// The next step is stored, but the process ends before it can say so: nothing works any more
  /// until the store is no longer broken.
  func dieAfterCommit() { isDying = true }

  /// A step with a message of this text is not stored; nil lets all be stored.
  func refuse(_ text: String?) { refused = text }

  func setBroken(_ isBroken: Bool) { failure = isBroken ? "the disk is full" : nil }

  func commit(_ step: SessionStep) throws(TextSecureError) {
    if let failure { throw .store(failure) }
    if let refused {
      let isThere = step.received.contains { $0.outcome == .content(PushContent(body: refused)) }
      guard !isThere else { throw .store("no room for it") }
    }
    steps += 1
    identities.merge(step.identities) { $1 }
    sessions = sessions.filter { !step.endedNumbers.contains($0.key.number) }
    baseKeys.merge(step.baseKeys) { $0.union($1) }
    if let last = step.newLastResort {
      if let before = preKeys[last.key.id] { retired.insert(before, at: 0) }
      preKeys[last.key.id] = last.key
      madeAt = last.madeAt
    }
    sessions.merge(step.sessions) { $1 }
    for key in step.newPreKeys { preKeys[key.id] = key }
    for spent in step.spentPreKeys { preKeys[spent] = nil }
    if let next = step.nextPreKeyID { nextID = next }
    for id in step.unsealed { sealed[id] = nil }
    sealed.merge(step.sealed) { $1 }
    received += step.received
    if isDying {
      (isDying, failure) = (false, "killed")
      throw .store("killed")
    }
  }
}
