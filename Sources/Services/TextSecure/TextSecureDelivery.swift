import Accounts
import Cryptography
import Domain
import Phrases
import Storage
import TextSecure
import Transport

/// Brings a message of the outbox to its receivers, and before that its files to the relay.
actor TextSecureDelivery {
  private let sender: MessageSender
  private let files: SealedFiles
  private let records: TextSecureRecords
  private let environment: AccountEnvironment
  /// By message: its files are uploaded once, however many receivers it has.
  private var uploads: [Int64: Task<TextSecureOutgoing, any Error>] = [:]

  init(
    by sender: MessageSender, files: SealedFiles, records: TextSecureRecords,
    environment: AccountEnvironment
  ) {
    self.sender = sender
    self.files = files
    self.records = records
    self.environment = environment
  }

  /// Ends the uploads under way.
  func cancel() {
    for upload in uploads.values { upload.cancel() }
  }

  /// One attempt to bring a message to one of its receivers.
  func deliver(_ entry: OutboxRecord, to receiver: String) async -> Outbox.Outcome {
    // What is not known of the receiver might forbid it.
    guard
      let peer = await environment.storing({ store in try await store.secure.peer(receiver) })
    else { return .later }
    guard peer?.changedIdentity == nil else {
      return .held(.identityChanged(of: records.person(receiver)))
    }
    do throws(TextSecureError) {
      let outgoing = try await uploaded(entry)
      let id = DispatchID(message: entry.id, number: receiver)
      if outgoing.endsSession {
        try await sender.endSession(with: receiver, relay: peer?.relay, as: id)
      } else {
        try await sender.send(
          try outgoing.message(), to: receiver, relay: peer?.relay, as: id)
      }
      return .arrived
    } catch {
      return await outcome(of: error, entry, receiver)
    }
  }

  private func outcome(
    of error: TextSecureError, _ entry: OutboxRecord, _ receiver: String
  ) async -> Outbox.Outcome {
    switch error {
    case .untrustedIdentity(let number, let key):
      let isNoted: Void? = await environment.storing { store in
        try await store.secure.suspect(key.serialized, of: number)
      }
      guard isNoted != nil else { return .later }
      environment.tell(.changed, of: number)
      return .held(.identityChanged(of: records.person(receiver)))
    case .unregistered:
      guard let group = entry.chat.groupID else { break }
      return .left(group: group, records.departure(of: receiver, from: entry.chat))
    case .transport, .rateLimited, .unavailable, .cancelled, .store, .badCredentials,
      .devicesKeepChanging:
      environment.log("TextSecure to \(receiver.suffix(4)): \(error.message)")
      return .later
    case .refused(let status) where status >= 500: return .later
    default: break
    }
    return .failed(SendFailure(error))
  }

  // MARK: Files

  /// The message with its files uploaded; the first receiver's turn uploads them for all.
  private func uploaded(_ entry: OutboxRecord) async throws(TextSecureError) -> TextSecureOutgoing {
    let outgoing = try TextSecureOutgoing(body: entry.body)
    guard outgoing.files.contains(where: { $0.pointer == nil }) else { return outgoing }
    let upload =
      uploads[entry.id]
      ?? Task {
        defer { uploads[entry.id] = nil }
        return try await self.upload(entry)
      }
    uploads[entry.id] = upload
    do {
      return try await upload.value
    } catch {
      throw error as? TextSecureError ?? .cancelled
    }
  }

  private func upload(_ entry: OutboxRecord) async throws(TextSecureError) -> TextSecureOutgoing {
    // Another receiver's turn may have come to its end since the entry was read.
    let stored = await environment.storing { store in try await store.outbox.message(entry.id) }
    guard let stored else { throw .store(Phrase.tryAgain.text) }
    var outgoing = try TextSecureOutgoing(body: (stored ?? entry).body)
    let progress: @Sendable (TransferProgress) -> Void = { [environment] progress in
      guard let message = entry.messageId else { return }
      environment.changes.send(
        .transfer(
          chat: entry.chat, message: message, bytesDone: Int64(progress.done),
          bytesTotal: progress.total.map(Int64.init)))
    }
    for (index, file) in outgoing.files.enumerated() where file.pointer == nil {
      outgoing.files[index].pointer = Base64.encode(
        try await files.upload(file, progress: progress).serialized)
      let body = try outgoing.body
      let isKept: Void? = await environment.storing { store in
        try await store.outbox.setBody(body, of: entry.id)
      }
      guard isKept != nil else { throw .store(Phrase.tryAgain.text) }
      files.remove([file])
    }
    return outgoing
  }
}
