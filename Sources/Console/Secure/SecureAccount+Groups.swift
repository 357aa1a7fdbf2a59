import Cryptography
import Storage
import TextSecure

extension SecureAccount {
  /// The group of this id in hexadecimal, as it is stored.
  func group(_ id: String) async throws(ConsoleError) -> Group {
    let record = await desk.storing { store in try await store.groups.group(id) } ?? nil
    guard let group = record.flatMap(Group.init) else {
      throw .noChat(ChatRecord.groupKey(id))
    }
    return group
  }

  /// Makes a group and tells its members.
  func createGroup(
    _ name: String, members: [String]
  ) async throws(ConsoleError) -> ChatRecord {
    let name = try SecureAccount.groupName(name)
    let others = try numbers(members)
    guard !others.isEmpty else { throw .groupOfOne }
    let group = Group(name: name, others: others, own: number, random: desk.random)
    let line = Phrase.secureYouCreatedGroup.with(name, records.list(others, without: nil))
    try await tell(group.update, of: group, from: nil, line: line)
    return records.groupChat(GroupRecord(group))
  }

  /// Gives a group another name.
  func renameGroup(_ chat: String, _ name: String) async throws(ConsoleError) {
    let name = try SecureAccount.groupName(name)
    try await change(chat, line: Phrase.secureYouRenamedGroup.with(name)) { $0.rename(name) }
  }

  /// Adds members to a group; the others hear of it, the new ones get the whole group.
  func addToGroup(_ chat: String, _ members: [String]) async throws(ConsoleError) {
    let new = try numbers(members)
    let line = Phrase.secureYouAdded.with(records.list(new, without: nil))
    try await change(chat, line: line) { $0.add(new) }
  }

  /// Leaves a group and says so to its members; its messages stay here.
  func leaveGroup(_ chat: String) async throws(ConsoleError) {
    guard let id = SecureRecords.groupID(chat) else { throw .noChat(chat) }
    let before = try await group(id)
    guard before.isActive else { throw .leftGroup(before.name) }
    var group = before
    group.quit()
    try await tell(
      group.farewell, of: group, from: before, line: Phrase.secureYouLeftGroup.text)
  }

  private func change(
    _ chat: String, line: String, _ body: (inout Group) -> Void
  ) async throws(ConsoleError) {
    guard let id = SecureRecords.groupID(chat) else { throw .noChat(chat) }
    let before = try await group(id)
    guard before.isActive else { throw .leftGroup(before.name) }
    var group = before
    body(&group)
    guard group != before else { return }
    try await tell(group.update, of: group, from: before, line: line)
  }

  /// Stores the group as it is now and lets its members know. What somebody else has changed in the
  /// meantime must not be undone: then this is refused.
  private func tell(
    _ context: GroupContext, of group: Group, from before: Group?, line: String
  ) async throws(ConsoleError) {
    let record = GroupRecord(group)
    let chat = records.groupChat(record)
    do throws(TextSecureError) {
      _ = try await add(
        OutboxDraft(
          chat: chat, message: records.outgoing(line, in: chat.chat, kind: "system"),
          group: .init(from: before.map { GroupRecord($0) }, to: record),
          receivers: group.members.filter { $0 != number },
          body: try SecureOutgoing(PushContent(group: context)).body,
          createdAt: desk.time.wallTime))
    } catch {
      throw ConsoleError(error)
    }
  }

  private func numbers(_ members: [String]) throws(ConsoleError) -> [String] {
    var numbers: [String] = []
    for member in members {
      let number = try PhoneNumberText.normalized(member)
      if number != self.number, !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  private static func groupName(_ text: String) throws(ConsoleError) -> String {
    let name = text.split(separator: " ").joined(separator: " ")
    guard 1...100 ~= name.count else { throw .badGroupName }
    return name
  }
}
