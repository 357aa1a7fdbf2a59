import Domain
import Storage

/// Declines a call that rings, on all of the account's devices.
package struct DeclineCall: DeskCall {
  package var isDeed: Bool { true }

  /// The conversation id of the call.
  package var id: String

  /// - Parameter id: the conversation id of the call.
  package init(id: String) { self.id = id }

  /// Emits the call as it is in the log then, if it is there.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (CallLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.online(.calling, as: (any Calling).self).declineCall(id)
    let call = try await desk.reading { store in try await store.calls.call(id) }
    if let call { await emit(CallLine(call, revealing: false)) }
  }
}
