import Accounts
import Axolotl
import Domain
import Storage
import TextSecure

extension TextSecureAccount: Messaging {
  package func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: ChatID
  ) async throws(UserError) -> MessageRecord {
    guard replyTo == nil else { throw .noAnswers }
    return try await write(text, attachments: attachments, in: chat)
  }

  package func catchUp(within limit: Duration) async { await rest(within: limit) }
}

extension TextSecureAccount: Directory {}

extension TextSecureAccount: Groups {}

extension TextSecureAccount: Identities {
  package nonisolated var ownIdentity: IdentityOutput {
    IdentityOutput(
      number: number, fingerprint: identity.fingerprint, state: .own,
      shareText: identity.shareText)
  }

  package func open(push payload: String) async throws(UserError) -> [MessageRecord] {
    let (received, news) = try await environment.changes.during {
      () async throws(UserError) in
      do throws(TextSecureError) {
        return try await receiver.receive(envelope: try PushPayload.envelope(in: payload))
      } catch {
        throw UserError(error)
      }
    }
    guard let received else { throw .readAlready }
    for case .messages(_, let messages) in news {
      // What else came at the same moment is somebody else's.
      let own = messages.filter { $0.senderId == received.source.number || $0.kind == .system }
      if !own.isEmpty { return own }
    }
    // What is encrypted may change a group without a word. Anything else shows unless it is there.
    guard case .content = received.outcome else { throw .readAlready }
    return []
  }

  package func remainingKeys() async throws(UserError) -> Int {
    do throws(TextSecureError) { return try await api.remainingKeys() } catch {
      throw UserError(error)
    }
  }
}
