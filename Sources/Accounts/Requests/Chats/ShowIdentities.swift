import Domain

/// Our identity and those of everybody we have written with.
package struct ShowIdentities: Request {
  package var number: String?

  /// - Parameter number: nil for all.
  package init(number: String? = nil) { self.number = number }

  /// Emits an output for each identity, our own first; throws `no-identity` for a number without one.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (IdentityOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.identities, as: (any Identities).self)
    if let number { return await emit(try await account.identity(of: number)) }
    await emit(account.ownIdentity)
    for identity in try await account.identities() { await emit(identity) }
  }
}

/// Notes that a number's fingerprint was compared.
package struct VerifyIdentity: Request {
  package var number: String
  package var hasEffects: Bool { true }

  /// - Parameter number: one that was written with.
  package init(number: String) { self.number = number }

  /// Emits the identity as it is then; throws `identity-changed` while a new key is undecided.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (IdentityOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.identities, as: (any Identities).self)
    try await account.verifyIdentity(of: number)
    await emit(try await account.identity(of: number))
  }
}

/// Takes a number's new identity key into use: what was held back goes on.
package struct AcceptIdentity: Request {
  package var number: String
  package var hasEffects: Bool { true }

  /// - Parameter number: one whose key has changed.
  package init(number: String) { self.number = number }

  /// Emits the identity as it is then; throws `identity-unchanged` if there is nothing to accept.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (IdentityOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.identities, as: (any Identities).self)
    try await hub.writing(by: account) { () throws(UserError) in
      try await account.acceptIdentity(of: number)
    }
    await emit(try await account.identity(of: number))
  }
}
