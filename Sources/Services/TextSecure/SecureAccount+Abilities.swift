import Accounts
import Axolotl
import Domain
import Storage
import TextSecure

extension SecureAccount: Messaging {
  package func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: String
  ) async throws(ConsoleError) -> MessageRecord {
    guard replyTo == nil else { throw .noAnswers }
    return try await write(text, attachments: attachments, in: chat)
  }

  package func catchUp(within limit: Duration) async { await rest(within: limit) }
}

extension SecureAccount: Directory {}

extension SecureAccount: Groups {}

extension SecureAccount: Identities {
  package nonisolated var ownIdentity: IdentityLine {
    IdentityLine(
      number: number, fingerprint: identity.fingerprint, state: .own,
      shareText: identity.shareText)
  }

  package func open(push payload: String) async throws(ConsoleError) -> [MessageRecord] {
    let (received, news) = try await desk.changes.during {
      () async throws(ConsoleError) in
      do throws(TextSecureError) {
        return try await receiver.receive(envelope: try PushPayload.envelope(in: payload))
      } catch {
        throw ConsoleError(error)
      }
    }
    guard let received else { throw .readAlready }
    for case .messages(_, let messages) in news {
      // What else came at the same moment is somebody else's.
      let own = messages.filter { $0.senderId == received.source.number || $0.kind == "system" }
      if !own.isEmpty { return own }
    }
    // What is encrypted may change a group without a word. Anything else shows unless it is there.
    guard case .content = received.outcome else { throw .readAlready }
    return []
  }

  package func remainingKeys() async throws(ConsoleError) -> Int {
    do throws(TextSecureError) { return try await api.remainingKeys() } catch {
      throw ConsoleError(error)
    }
  }
}
