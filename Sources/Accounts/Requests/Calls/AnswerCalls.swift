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

/// Stops the ring of a call here; the owner's other devices ring on.
package struct IgnoreCall: Request {
  package var hasEffects: Bool { true }

  /// The conversation id of the call.
  package var id: String

  /// - Parameter id: of a call that rings.
  package init(id: String) { self.id = id }

  /// Emits one empty output.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    await (try await hub.open(.calling, as: (any Calling).self)).ignoreCall(id)
    await emit(NoOutput())
  }
}

/// Asks the server which calls it has kept since it was asked last.
package struct RefreshCalls: Request {
  package init() {}

  /// Emits one empty output; calls that came of it are told as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    try await hub.online(.calling, as: (any Calling).self).refreshCalls()
    await emit(NoOutput())
  }
}

/// Answers a call with words: they go into the chat with whoever called, and a call that still rings
/// is declined.
package struct ReplyToCall: Request {
  package var hasEffects: Bool { true }

  /// The conversation id of the call.
  package var id: String
  package var text: String

  /// - Parameters:
  ///   - id: of a call that rings or stands in the log.
  ///   - text: as for a message.
  package init(id: String, text: String) {
    self.id = id
    self.text = text
  }

  /// Emits the message, which waits in the outbox; throws why the call goes on ringing, if it does.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SentOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.calling, as: (any Dialogs & Calling).self)
    let stored = try await hub.withStore { store in try await store.calls.call(id) }
    guard let call = stored else { throw .noCall(id) }
    let person = call.calleeId ?? call.callerId
    let chat = try await account.dialog(withId: person).chat
    try await SendMessage(chat: chat, text: text).run(on: hub, emit: emit)
    guard call.state == .ringing else { return }
    do throws(UserError) {
      try await hub.online(.calling, as: (any Calling).self).declineCall(id)
    } catch {
      // It stopped by itself meanwhile.
      guard error == .notRinging else { throw error }
    }
  }
}
