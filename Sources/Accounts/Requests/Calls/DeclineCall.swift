import Domain
import Storage

/// Declines a call that rings, on all of the account's devices.
package struct DeclineCall: Request {
  package var hasEffects: Bool { true }

  /// The conversation id of the call.
  package var id: String

  /// - Parameter id: the conversation id of the call.
  package init(id: String) { self.id = id }

  /// Emits the call as it is in the log then, if it is there.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (CallOutput) async -> Void
  ) async throws(UserError) {
    try await hub.online(.calling, as: (any Calling).self).declineCall(id)
    let call = try await hub.withStore { store in try await store.calls.call(id) }
    if let call { await emit(CallOutput(call, revealing: false)) }
  }
}
