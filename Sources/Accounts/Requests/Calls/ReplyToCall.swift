import Domain
import Storage

/// Answers a call with words: they go into the chat with whoever called, and a call that still rings
/// is declined.
package struct ReplyToCall: DeskCall {
  package var isDeed: Bool { true }

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
    on desk: Desk, emit: @escaping @Sendable (SentLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.calling, as: (any Dialogs & Calling).self)
    let stored = try await desk.reading { store in try await store.calls.call(id) }
    guard let call = stored else { throw .noCall(id) }
    let person = call.calleeId ?? call.callerId
    let chat = try await account.dialog(withId: person).chat
    try await SendMessage(chat: chat, text: text).run(on: desk, emit: emit)
    guard call.state == .ringing else { return }
    do throws(ConsoleError) {
      try await desk.online(.calling, as: (any Calling).self).declineCall(id)
    } catch {
      // It stopped by itself meanwhile.
      guard error == .notRinging else { throw error }
    }
  }
}
