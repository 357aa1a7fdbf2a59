import Accounts
import Axolotl
import Domain
import Phrases
import Storage
import TextSecure

extension TextSecureAccount: Identities {
  /// Takes the new identity key of a number into use: what it wrote is read, what was held back for it
  /// goes out. Without a new key there is nothing to decide.
  package func acceptIdentity(of number: String) async throws(UserError) {
    let number = try PhoneNumberText.normalized(number)
    let peer = try await peer(number)
    guard let changed = peer.changedIdentity else { throw .identityUnchanged(number) }
    try await held.accept(changed, of: number)
    // What was held back waits again since the key was stored.
    await writer.wake()
  }

  /// Notes that a person has compared the fingerprint of a number.
  package func verifyIdentity(of number: String) async throws(UserError) {
    let number = try PhoneNumberText.normalized(number)
    let peer = try await peer(number)
    guard peer.identity != nil else { throw .noIdentity(number) }
    guard peer.changedIdentity == nil else { throw .identityUndecided(number) }
    do {
      try await environment.store.secure.verify(number)
    } catch {
      throw UserError(error)
    }
    environment.tell(.verified, of: number)
  }

  package func identities() async throws(UserError) -> [IdentityOutput] {
    do {
      return try await environment.store.secure.peers().compactMap(IdentityOutput.init)
    } catch {
      throw UserError(error)
    }
  }

  package func identity(of number: String) async throws(UserError) -> IdentityOutput {
    let number = try PhoneNumberText.normalized(number)
    if number == ownIdentity.number { return ownIdentity }
    let peer: PeerRecord?
    do { peer = try await environment.store.secure.peer(number) } catch { throw UserError(error) }
    guard let line = peer.flatMap(IdentityOutput.init) else { throw .noIdentity(number) }
    return line
  }

  /// The number as it is known; throws for one that was never written with.
  private func peer(_ number: String) async throws(UserError) -> PeerRecord {
    let peer = await environment.storing { store in try await store.secure.peer(number) } ?? nil
    guard let peer else { throw .noIdentity(number) }
    return peer
  }

  package func endSession(_ chat: ChatID) async throws(UserError) {
    let target = try await writer.target(chat)
    guard target.group == nil else { throw .noChat(chat) }
    let line = records.outgoing(.sessionEnded(by: .you), in: chat)
    _ = try await writer.add(
      try writer.draft(line, to: target, TextSecureOutgoing(.endOfSession, endsSession: true)))
  }

  package func open(push payload: String) async throws(UserError) -> [MessageRecord] {
    let (received, news) = try await environment.changes.during {
      () async throws(UserError) in
      do throws(TextSecureError) {
        return try await receiver.receive(envelope: try PushPayload.envelope(in: payload))
      } catch {
        throw UserError(error)
      }
    }
    guard let received else { throw .readAlready }
    for case .messages(_, let messages) in news {
      // What else came at the same moment is somebody else's.
      let own = messages.filter { $0.senderId == received.source.number || $0.kind == .system }
      let same = own.filter { $0.at == Int64(clamping: received.timestamp) }
      if !own.isEmpty { return same.isEmpty ? own : same }
    }
    // What is encrypted may change a group without a word. Anything else shows unless it is there.
    guard case .content = received.outcome else { throw .readAlready }
    return []
  }

  package func remainingKeys() async throws(UserError) -> Int {
    do throws(TextSecureError) { return try await api.remainingKeys() } catch {
      throw UserError(error)
    }
  }
}

extension AccountEnvironment {
  /// Tells how far a number is trusted now.
  package func tell(_ state: IdentityState, of number: String) {
    changes.send(.identity(number: number, chat: TextSecureRecords.key(number), state: state))
  }
}

extension IdentityOutput {
  /// The identity of a person; nil for a number whose key is not known yet.
  init?(_ peer: PeerRecord) {
    guard let key = IdentityOutput.key(peer.identity) else { return nil }
    let changed = IdentityOutput.key(peer.changedIdentity)
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
