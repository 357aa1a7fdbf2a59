import Accounts
import Cryptography
import Domain
import Files
import Phrases
import Storage
import TextSecure
import Transport

/// Writes messages of ours into the outbox, from which they are delivered.
struct TextSecureWriter: Sendable {
  /// Our own.
  private let number: String
  private let delivery: TextSecureDelivery
  private let files: SealedFiles
  private let records: TextSecureRecords
  private let environment: AccountEnvironment
  private let outbox: Outbox

  /// - Parameters:
  ///   - number: our own.
  ///   - delivery: brings a message of the outbox to one of its receivers.
  init(
    of number: String, by delivery: TextSecureDelivery, files: SealedFiles,
    records: TextSecureRecords, environment: AccountEnvironment
  ) {
    self.number = number
    self.delivery = delivery
    self.files = files
    self.records = records
    self.environment = environment
    outbox = Outbox(service: .textsecure, environment: environment) { message, receiver in
      await delivery.deliver(message, to: receiver)
    }
  }

  /// The line is up: everything that waits goes out.
  func open() async { await outbox.open() }

  /// The line is down: no further attempts.
  func close() async { await outbox.close() }

  /// Something that was held back may go out now.
  func wake() async { await outbox.wake() }

  /// Ends all attempts and waits for those under way.
  func stop() async {
    await delivery.cancel()
    await outbox.stop()
  }

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  func drain(within limit: Duration) async { await outbox.drain(within: limit) }

  /// Writes a message into the outbox; it goes out as soon as the line lets it.
  func write(
    _ text: String, attachments paths: [String], in chat: ChatID
  ) async throws(UserError) -> MessageRecord {
    let text = text.isBlank ? "" : text
    let target = try await target(chat)
    var content = PushContent(body: text.isEmpty ? nil : text)
    content.group = target.group?.delivery
    guard content.serialized.count <= TextSecureWriter.maximumContent else { throw .tooLong }
    guard !text.isEmpty || !paths.isEmpty else { throw .nothingToSend }
    var copies: [TextSecureOutgoing.File] = []
    do throws(UserError) {
      var attachments: [AttachmentRecord] = []
      for path in paths {
        let (file, attachment) = try await AttachedFiles.copying(path, for: environment) {
          () async throws(UserError) in
          try await files.seal(path)
        }
        copies.append(file)
        attachments.append(attachment)
      }
      let draft = try draft(
        records.outgoing(text, in: target.chat.chat, attachments: attachments), to: target,
        TextSecureOutgoing(content, files: copies))
      guard let message = try await add(draft) else { throw .noChat(chat) }
      return message
    } catch {
      files.remove(copies)
      throw error
    }
  }

  /// What failed is tried again.
  func retry(_ chat: ChatID, _ id: String) async throws(UserError) {
    guard
      let news = await environment.storing({ store in try await store.outbox.retry(chat, id) }),
      !news.messages.isEmpty
    else { throw .noMessage(id, in: chat) }
    environment.publish(news)
    await outbox.wake()
  }

  /// Room for the pointers of files in what a message can hold.
  private static let maximumContent = 40 << 10

  /// Where messages of a chat go.
  struct Target {
    var chat: ChatRecord
    var receivers: [String]
    var group: Group?
  }

  /// Throws for a group that we have left, and for what is no chat of this service.
  func target(_ chat: ChatID) async throws(UserError) -> Target {
    if let id = chat.groupID {
      let group = try await environment.group(id)
      guard group.isActive else { throw .leftGroup(group.name) }
      return Target(
        chat: records.groupChat(GroupRecord(group)),
        receivers: group.members.filter { $0 != number }, group: group)
    }
    guard let written = TextSecureRecords.number(chat) else { throw .noChat(chat) }
    let other = try PhoneNumberText.normalized(written)
    guard other != number else { throw .ownNumber }
    return Target(chat: records.dialog(with: other), receivers: [other], group: nil)
  }

  /// - Parameter group: what the message changes in its group.
  func draft(
    _ line: MessageRecord, to target: Target, _ outgoing: TextSecureOutgoing,
    group: GroupUpdate? = nil
  ) throws(UserError) -> OutboxDraft {
    do throws(TextSecureError) {
      return OutboxDraft(
        chat: target.chat, message: line, group: group, receivers: target.receivers,
        body: try outgoing.body, createdAt: environment.time.wallTime, isDatedHere: true)
    } catch {
      throw UserError(error)
    }
  }

  /// Puts a message into the outbox; nil if the group that it changes is another by now.
  func add(_ draft: OutboxDraft) async throws(UserError) -> MessageRecord? {
    let added: (news: ChatNews, message: MessageRecord?)?
    do {
      added = try await environment.store.outbox.add(draft)
    } catch {
      throw UserError(error)
    }
    guard let added else { return nil }
    environment.publish(added.news)
    await outbox.wake()
    return added.message
  }
}

extension TextSecureRecords {
  /// The number of a dialog's key; nil when it is a group's or another service's.
  static func number(_ chat: ChatID) -> String? {
    chat.service == .textsecure && chat.name.hasPrefix("+") ? chat.name : nil
  }
}
