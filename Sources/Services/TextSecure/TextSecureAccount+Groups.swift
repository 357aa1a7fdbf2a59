import Accounts
import Clocks
import Cryptography
import Domain
import Phrases
import Storage
import TextSecure
import Transport

extension TextSecureAccount: Groups {
  /// Makes a group and tells its members.
  package func createGroup(
    _ name: String, members: [String]
  ) async throws(UserError) -> ChatRecord {
    let name = try TextSecureAccount.groupName(name)
    let others = try numbers(members)
    guard !others.isEmpty else { throw .groupOfOne }
    try await checkRegistered(others)
    let group = Group(name: name, others: others, own: number, random: environment.random)
    let line = MessageNote.created(by: .you, title: name, members: records.people(others))
    _ = try await tell(group.update, of: group, from: nil, line: line)
    return records.groupChat(GroupRecord(group))
  }

  /// Gives a group another name.
  package func renameGroup(_ chat: ChatID, _ name: String) async throws(UserError) {
    let name = try TextSecureAccount.groupName(name)
    try await change(chat) { group in
      group.rename(name)
      return .renamed(by: .you, title: name)
    }
  }

  /// Adds members to a group; the others hear of it, the new ones get the whole group.
  package func addToGroup(_ chat: ChatID, _ members: [String]) async throws(UserError) {
    let wanted = try numbers(members)
    // Whether there is such a group comes first.
    guard let id = chat.groupID else { throw .noChat(chat) }
    let known = try await environment.group(id).members
    try await checkRegistered(wanted.filter { !known.contains($0) })
    try await change(chat) { [records] group in
      let new = wanted.filter { !group.members.contains($0) }
      group.add(new)
      return .added(by: .you, members: records.people(new))
    }
  }

  /// Leaves a group and says so to its members; its messages stay here.
  package func leaveGroup(_ chat: ChatID) async throws(UserError) {
    try await change(chat, telling: \.farewell) { group in
      group.quit()
      return .left(by: .you)
    }
  }

  /// Changes a group as it is at that moment, and lets its members know.
  ///
  /// - Parameters:
  ///   - context: what they are told.
  ///   - body: makes the change and returns the line that says so.
  private func change(
    _ chat: ChatID, telling context: (Group) -> GroupContext = \.update,
    _ body: (inout Group) -> MessageNote
  ) async throws(UserError) {
    guard let id = chat.groupID else { throw .noChat(chat) }
    for _ in 1...5 {
      let before = try await environment.group(id)
      guard before.isActive else { throw .leftGroup(before.name) }
      var group = before
      let line = body(&group)
      guard group != before else { return }
      // What somebody else has changed in the meantime must not be undone.
      if try await tell(context(group), of: group, from: before, line: line) { return }
    }
    throw .groupChanged
  }

  /// Stores the group as it is now and lets its members know; false if it is not as it was `before`.
  private func tell(
    _ context: GroupContext, of group: Group, from before: Group?, line: MessageNote
  ) async throws(UserError) -> Bool {
    let record = GroupRecord(group)
    let target = TextSecureWriter.Target(
      chat: records.groupChat(record), receivers: group.members.filter { $0 != number })
    let draft = try writer.draft(
      records.outgoing(line, in: target.chat.chat), to: target,
      TextSecureOutgoing(PushContent(group: context)),
      group: GroupUpdate(from: before.map { GroupRecord($0) }, to: record))
    return try await writer.add(draft) != nil
  }

  private func numbers(_ members: [String]) throws(UserError) -> [String] {
    var numbers: [String] = []
    for member in members {
      let number = try PhoneNumberText.normalized(member)
      if number != self.number, !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  /// A relay that says nothing must not keep anybody from writing for later.
  private static let directoryPatience: Duration = .seconds(5)

  /// Throws `not-registered` for numbers that nobody has. Those we know already are not asked for; a
  /// relay that cannot say keeps no group from being made.
  private func checkRegistered(_ numbers: [String]) async throws(UserError) {
    let known = await environment.storing { store in
      let contacts = try await store.contacts.all(.textsecure).map(\.id)
      return Set(
        contacts + (try await store.secure.peers().filter { $0.identity != nil }.map(\.number)))
    }
    let unknown = numbers.filter { known?.contains($0) != true }
    if case .waiting = status.state { return }
    guard !unknown.isEmpty else { return }
    let found: [DirectoryEntry]
    do throws(TextSecureError) {
      found = try await withDeadline(
        TextSecureAccount.directoryPatience, time: environment.time,
        error: TextSecureError.unavailable
      ) { [api] () async throws(TextSecureError) in try await api.lookUp(unknown) }
    } catch {
      return environment.log("TextSecure directory: \(error.message)")
    }
    let missing = unknown.filter { number in !found.contains { $0.number == number } }
    guard missing.isEmpty else { throw .nobodyRegistered(missing) }
    await environment.storing { store in
      try await store.secure.setRelays(found.map { ($0.number, $0.relay) })
    }
  }

  private static func groupName(_ text: String) throws(UserError) -> String {
    let name = text.split(separator: " ").joined(separator: " ")
    guard 1...100 ~= name.count, !name.isBlank else { throw .badGroupName }
    return name
  }
}

extension AccountEnvironment {
  /// The group of this id in hexadecimal, as it is stored.
  func group(_ id: String) async throws(UserError) -> Group {
    let record = await storing { store in try await store.groups.group(id) } ?? nil
    guard let group = record.flatMap(Group.init) else {
      throw .noChat(ChatID(.textsecure, group: id))
    }
    return group
  }
}
