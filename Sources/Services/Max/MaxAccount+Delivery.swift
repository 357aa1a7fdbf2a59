import Accounts
import Domain
import OneMe
import Phrases
import Storage

extension MaxAccount {
  /// One attempt to send what waits in the outbox. Repeating it is safe: the number stays the same.
  func deliver(_ entry: OutboxRecord) async -> Outbox.Outcome {
    guard let chatId = MaxRecords.chatId(entry.chat) else { return .failed(entry.chat.text) }
    do {
      var outgoing = try MaxOutgoing(body: entry.body)
      let client = try await session.online()
      try await upload(&outgoing, of: entry, by: client)
      let sent = try await client.send(
        outgoing.message, to: outgoing.userId.map { .user($0) } ?? .chat(chatId))
      return await settle(sent, as: outgoing.cid) ? .arrived : .later
    } catch let error as OneMeError {
      return outcome(of: error)
    } catch {
      return .failed((error as? UserError)?.sentences ?? Phrase.messageNotSent.text)
    }
  }

  private func outcome(of error: OneMeError) -> Outbox.Outcome {
    environment.log("MAX sending: \(error.message)")
    switch error {
    case .transport(.io), .transport(.tooLarge), .transport(.insecure):
      return .failed(UserError(error).sentences)
    case .transport, .timedOut, .offline, .signedOut, .redirected, .overwhelmed, .cancelled,
      .loginsSpent:
      return .later
    case .refused(let refusal):
      switch refusal.kind {
      case .flood, .serverBusy, .notReady, .notSignedIn, .signInAgain: return .later
      default: return .failed(UserError(error).sentences)
      }
    case .malformed, .badPhone, .badCode: return .failed(UserError(error).sentences)
    }
  }

  /// Keeps the server's answer in the place of what was written; false if it could not be stored.
  private func settle(_ sent: MessageArrival, as clientId: Int64) async -> Bool {
    var message = sent.message
    message.clientId = clientId
    guard await settleOwn([(sent.chatId, message)]) else { return false }
    if let chat = sent.chat { await take([chat]) }
    let key = MaxRecords.key(sent.chatId)
    let record = records.message(message, in: key)
    // A push may have been faster; then this brings what it left out.
    let isKept: Void? = await environment.storing { store in try await store.messages.save([record])
    }
    await publish([record.id], in: key)
    return isKept != nil
  }

  /// Lets lines written here give way to the server's own, wherever those turn up first.
  ///
  /// - Returns: false if that could not be stored.
  @discardableResult
  func settleOwn(_ messages: [(chatId: Int64, Message)]) async -> Bool {
    let own = messages.compactMap { chatId, message -> AcceptedMessage? in
      guard let clientId = message.clientId, message.sender == records.ownId,
        message.status != .removed
      else { return nil }
      return AcceptedMessage(
        records.message(message, in: MaxRecords.key(chatId)), clientId: clientId)
    }
    guard !own.isEmpty else { return true }
    guard let lines = await environment.storing({ store in try await store.take(own) }) else {
      return false
    }
    for line in lines {
      environment.changes.send(.removed(chat: line.chat, [line.localId]))
      await publish([line.message.id], in: line.chat)
    }
    return true
  }

  /// Uploads the files of a message; what is uploaded stays so over attempts.
  private func upload(
    _ outgoing: inout MaxOutgoing, of entry: OutboxRecord, by client: OneMeClient
  ) async throws {
    if let file = outgoing.files.first(where: { $0.isTooLarge == true }) {
      throw UserError.tooLargeForServer(file.name)
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
        remove(outgoing.files)
        throw UserError.tooLargeForServer(file.name)
      }
      outgoing.files[index].note(uploaded)
      try await environment.store.outbox.setBody(try outgoing.body, of: entry.id)
      remove([file])
    }
  }
}

extension UserError {
  fileprivate static func tooLargeForServer(_ name: String) -> UserError {
    UserError(
      .refused, code: "too-large", Phrase.fileTooLargeForServer.with(name),
      hint: Phrase.fileTooLargeHint.text)
  }
}
