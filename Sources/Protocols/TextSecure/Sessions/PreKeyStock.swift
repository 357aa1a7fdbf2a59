import Axolotl
import Cryptography

/// Keeps prekeys on the relay for those who want to write first.
public struct PreKeyStock: Sendable {
  private let api: RelayClient
  private let store: any SessionStore
  private let identity: KeyPair
  private let random: any RandomSource

  public init(
    api: RelayClient, store: any SessionStore, identity: KeyPair, random: any RandomSource
  ) {
    self.api = api
    self.store = store
    self.identity = identity
    self.random = random
  }

  /// Uploads a new batch if fewer than ``PreKey/refreshBelow`` keys are left, or the last-resort key
  /// has served its time; returns whether it did.
  @discardableResult
  public func refill() async throws(TextSecureError) -> Bool {
    let isDue = try await lastResortIsDue()
    guard try await api.remainingKeys() < PreKey.refreshBelow || isDue else { return false }
    try await upload()
    return true
  }

  /// Makes a batch, stores it, then uploads it with the last-resort key; needed at once after
  /// registration. The keys before it stay in the store: somebody may have fetched them.
  public func upload() async throws(TextSecureError) {
    let first = try await store.nextPreKeyID() ?? PreKey.firstID(random: random)
    var step = SessionStep()
    let batch = PreKey.batch(startingAt: first, random: random)
    step.newPreKeys = batch
    step.nextPreKeyID = PreKey.nextID(after: first)
    let lastResort: PreKey
    if let kept = try await store.preKey(PreKey.lastResortID), try await !lastResortIsDue() {
      lastResort = kept
    } else {
      lastResort = PreKey.lastResort(random: random)
      step.newLastResort = LastResortKey(key: lastResort, madeAt: api.time.wallTime)
    }
    try await store.commit(step)
    try await api.upload(batch, lastResort: lastResort, identity: identity.publicKey)
  }

  /// Whether it is time for another last-resort key. If our clock was set back, it is.
  private func lastResortIsDue() async throws(TextSecureError) -> Bool {
    guard let madeAt = try await store.lastResortMadeAt() else { return true }
    let (age, isAbsurd) = api.time.wallTime.subtractingReportingOverflow(madeAt)
    return isAbsurd || !(-LastResortKey.lifetime..<LastResortKey.lifetime ~= age)
  }
}
