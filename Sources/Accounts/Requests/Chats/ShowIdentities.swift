import Axolotl
import Domain
import Storage
import TextSecure

/// Our identity and those of everybody we have written with.
package struct ShowIdentities: DeskCall {
  package var number: String?

  /// - Parameter number: nil for all.
  package init(number: String? = nil) { self.number = number }

  /// Emits a line an identity, our own first; throws `no-identity` for a number without one.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (IdentityLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.identities, as: (any Identities).self)
    if let number {
      let number = try PhoneNumberText.normalized(number)
      if number == account.ownIdentity.number { return await emit(account.ownIdentity) }
      return await emit(try await desk.identity(of: number))
    }
    await emit(account.ownIdentity)
    for peer in try await desk.reading({ store in try await store.secure.peers() }) {
      if let line = IdentityLine(peer) { await emit(line) }
    }
  }
}

/// Notes that a number's fingerprint was compared.
package struct VerifyIdentity: DeskCall {
  package var number: String
  package var isDeed: Bool { true }

  /// - Parameter number: one that was written with.
  package init(number: String) { self.number = number }

  /// Emits the identity as it is then; throws `identity-changed` while a new key is undecided.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (IdentityLine) async -> Void
  ) async throws(ConsoleError) {
    let number = try PhoneNumberText.normalized(number)
    try await desk.open(.identities, as: (any Identities).self).verifyIdentity(of: number)
    await emit(try await desk.identity(of: number))
  }
}

/// Takes a number's new identity key into use: what was held back goes on.
package struct AcceptIdentity: DeskCall {
  package var number: String
  package var isDeed: Bool { true }

  /// - Parameter number: one whose key has changed.
  package init(number: String) { self.number = number }

  /// Emits the identity as it is then; throws `identity-unchanged` if there is nothing to accept.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (IdentityLine) async -> Void
  ) async throws(ConsoleError) {
    let number = try PhoneNumberText.normalized(number)
    let account = try await desk.open(.identities, as: (any Identities).self)
    try await desk.writing(by: account) { () throws(ConsoleError) in
      try await account.acceptIdentity(of: number)
    }
    await emit(try await desk.identity(of: number))
  }
}

extension Desk {
  fileprivate func identity(of number: String) async throws(ConsoleError) -> IdentityLine {
    let peer = try await reading { store in try await store.secure.peer(number) }
    guard let line = peer.flatMap(IdentityLine.init) else { throw .noIdentity(number) }
    return line
  }
}

extension IdentityLine {
  /// nil for a number whose key is not known yet.
  package init?(_ peer: PeerRecord) {
    guard let key = IdentityLine.key(peer.identity) else { return nil }
    let changed = IdentityLine.key(peer.changedIdentity)
    self.init(
      number: peer.number, fingerprint: key.fingerprint,
      state: changed != nil ? .changed : peer.isVerified ? .verified : .trusted,
      shareText: key.shareText, newFingerprint: changed?.fingerprint,
      newShareText: changed?.shareText)
  }

  /// What was stored was a key when it came; a damaged one is as good as none.
  private static func key(_ bytes: [UInt8]?) -> PublicKey? {
    guard let bytes else { return nil }
    do { return try PublicKey(bytes) } catch { return nil }
  }
}
