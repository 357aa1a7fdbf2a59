import Domain

/// Decrypts a push notification's payload that was brought here by hand.
package struct OpenPush: DeskCall {
  package var payload: String
  package var isDeed: Bool { true }

  /// - Parameter payload: APN's JSON, GCM's, or the bare text.
  package init(payload: String) { self.payload = payload }

  /// Emits the message once it is stored; throws `read-already` for one that came before.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (MessageLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.identities, as: (any Identities).self)
    for message in try await account.open(push: payload) { await emit(MessageLine(message)) }
  }
}
