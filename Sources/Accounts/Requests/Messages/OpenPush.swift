import Domain
import TextSecure

/// Decrypts a push notification's payload that was brought here by hand.
package struct OpenPush: DeskCall {
  package var payload: String

  /// - Parameter payload: APN's JSON, GCM's, or the bare text.
  package init(payload: String) { self.payload = payload }

  /// Emits the message once it is stored; throws `read-already` for one that came before.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (MessageLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.openSecure()
    let (received, news) = try await desk.context.changes.during {
      () async throws(ConsoleError) in
      do throws(TextSecureError) {
        return try await account.receiver.receive(
          envelope: try PushPayload.envelope(in: payload))
      } catch {
        throw ConsoleError(error)
      }
    }
    guard let received else { throw .readAlready }
    for case .messages(_, let messages) in news {
      // What else came at the same moment is somebody else's.
      let own = messages.filter { $0.senderId == received.source.number || $0.kind == "system" }
      for message in own { await emit(MessageLine(message)) }
      if !own.isEmpty { return }
    }
    // What is encrypted may change a group without a word. Anything else shows unless it is there.
    guard case .content = received.outcome else { throw .readAlready }
  }
}
