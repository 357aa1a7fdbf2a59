import Domain

/// Decrypts a push notification's payload that was brought here by hand.
package struct OpenPush: Request {
  package var payload: String
  package var hasEffects: Bool { true }

  /// - Parameter payload: APN's JSON, GCM's, or the bare text.
  package init(payload: String) { self.payload = payload }

  /// Emits the message once it is stored; throws `read-already` for one that came before.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (MessageOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.identities, as: (any Identities).self)
    for message in try await account.open(push: payload) { await emit(MessageOutput(message)) }
  }
}
