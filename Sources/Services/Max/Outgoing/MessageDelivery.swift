import Accounts
import Domain
import OneMe
import Storage

/// Brings a message of the outbox to the server: its files first, then the message.
struct MessageDelivery: Sendable {
  private let session: OneMeSession
  private let inbox: MaxInbox
  private let spool: FileSpool
  private let environment: AccountEnvironment

  init(
    _ session: OneMeSession, inbox: MaxInbox, spool: FileSpool, environment: AccountEnvironment
  ) {
    self.session = session
    self.inbox = inbox
    self.spool = spool
    self.environment = environment
  }

  /// One attempt. Repeating it is safe: the number stays the same.
  func deliver(_ entry: OutboxRecord) async -> Outbox.Outcome {
    guard let chatId = MaxRecords.chatId(entry.chat) else { return .failed(.unexplained) }
    do {
      var outgoing = try MaxOutgoing(body: entry.body)
      let client = try await session.online()
      try await upload(&outgoing, of: entry, by: client)
      var sent = try await client.send(
        outgoing.message, to: outgoing.userId.map { .user($0) } ?? .chat(chatId))
      // Answers leave out how the text looks.
      if sent.message.spans.isEmpty, sent.message.text == outgoing.text {
        sent.message.spans = outgoing.message.spans
      }
      return await inbox.settle(sent, as: outgoing.cid) ? .arrived : .later
    } catch let error as OneMeError {
      return outcome(of: error)
    } catch let refused as FileTooLarge {
      return .failed(.fileTooLarge(name: refused.name))
    } catch {
      return .failed(.unexplained)
    }
  }

  private func outcome(of error: OneMeError) -> Outbox.Outcome {
    environment.log("MAX sending: \(error.message)")
    switch error {
    case .transport(.io), .transport(.tooLarge), .transport(.insecure):
      return .failed(SendFailure(error))
    case .transport, .timedOut, .offline, .signedOut, .redirected, .overwhelmed, .cancelled,
      .loginsSpent:
      return .later
    case .refused(let refusal):
      switch refusal.kind {
      case .flood, .serverBusy, .notReady, .notSignedIn, .signInAgain: return .later
      default: return .failed(SendFailure(error))
      }
    case .malformed, .badPhone, .badCode: return .failed(SendFailure(error))
    }
  }

  /// Uploads the files of a message; what is uploaded stays so over attempts.
  private func upload(
    _ outgoing: inout MaxOutgoing, of entry: OutboxRecord, by client: OneMeClient
  ) async throws {
    if let file = outgoing.files.first(where: { $0.isTooLarge == true }) {
      throw FileTooLarge(name: file.name)
    }
    for index in outgoing.files.indices where outgoing.files[index].attachment == nil {
      let file = outgoing.files[index]
      let path = spool.place(of: file.path)
      let progress: OneMeClient.Progress = { [environment] progress in
        guard let message = entry.messageId else { return }
        environment.changes.send(
          .transfer(
            chat: entry.chat, message: message, bytesDone: Int64(progress.done),
            bytesTotal: progress.total.map(Int64.init)))
      }
      let uploaded: OutgoingAttachment
      do throws(OneMeError) {
        uploaded =
          file.isPhoto
          ? try await client.uploadPhoto(path, name: file.name, progress: progress)
          : try await client.uploadFile(path, name: file.name, progress: progress)
      } catch {
        guard error.isTooLargeFile else { throw error }
        // However often it is tried, it never goes: the copies would lie here for nothing.
        outgoing.files[index].isTooLarge = true
        try await environment.store.outbox.setBody(try outgoing.body, of: entry.id)
        spool.remove(outgoing.files.map(\.path))
        throw FileTooLarge(name: file.name)
      }
      outgoing.files[index].note(uploaded)
      try await environment.store.outbox.setBody(try outgoing.body, of: entry.id)
      spool.remove([file.path])
    }
  }
}

/// The server takes no file as large as this one.
private struct FileTooLarge: Error {
  var name: String
}
