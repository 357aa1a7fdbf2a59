import Accounts
import Axolotl
import Domain
import Storage
import TextSecure

extension TextSecureAccount {
  /// Takes the new identity key of a number into use: what it wrote is read, what was held back for it
  /// goes out. Without a new key there is nothing to decide.
  package func acceptIdentity(of number: String) async throws(UserError) {
    let number = try PhoneNumberText.normalized(number)
    let peer = try await peer(number)
    guard let changed = peer.changedIdentity else { throw .identityUnchanged(number) }
    do throws(TextSecureError) {
      try await book.accept(try PublicKey(stored: changed), of: number)
    } catch {
      throw UserError(error)
    }
    environment.tell(.trusted, of: number)
    await readHeldMessages(of: number)
    // What was held back waits again since the key was stored.
    await outbox?.wake()
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

  /// Reads what was held back of everybody whose identity was accepted: a crash may have come between.
  func readHeldMessages() async {
    let peers = await environment.storing { store in try await store.secure.peers() } ?? []
    for peer in peers where peer.changedIdentity == nil {
      await readHeldMessages(of: peer.number)
    }
  }

  private func readHeldMessages(of number: String) async {
    let held = await environment.storing { store in try await store.secure.heldEnvelopes(of: number)
    }
    for signal in held ?? [] {
      do throws(TextSecureError) {
        if case .untrusted? = try await receiver.receive(signal: signal.signal)?.outcome {
          continue
        }
      } catch .store {
        continue
      } catch {
        // It can never be read: its line says so no better than nothing.
        environment.log("TextSecure held message: \(error.message)")
      }
      let news = await environment.storing { store in
        try await store.secure.dropHeldEnvelope(signal)
      }
      guard let news else { continue }
      environment.changes.send(.removed(chat: signal.chat, [signal.messageId]))
      environment.publish(news)
    }
  }
}

extension AccountEnvironment {
  /// Tells how far a number is trusted now.
  package func tell(_ state: IdentityState, of number: String) {
    changes.send(.identity(number: number, chat: TextSecureRecords.key(number), state: state))
  }
}
