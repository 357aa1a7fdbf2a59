import Domain
import Storage

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
