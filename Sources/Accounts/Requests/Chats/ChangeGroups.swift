import Domain
import Storage

/// Makes a TextSecure group and tells its members.
package struct CreateGroup: DeskCall {
  package var name: String
  package var members: [String]
  package var isDeed: Bool { true }

  /// - Parameters:
  ///   - name: 1 to 100 characters.
  ///   - members: telephone numbers, ours aside; one at least.
  package init(name: String, members: [String]) {
    self.name = name
    self.members = members
  }

  /// Emits the group's chat.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ChatLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.groups, as: (any Groups).self)
    let chat = try await desk.writing(by: account) { () throws(ConsoleError) in
      try await account.createGroup(name, members: members)
    }
    await emit(ChatLine(chat))
  }
}

/// Gives a group another name.
package struct RenameGroup: DeskCall {
  @ChatAddress package var chat: String
  package var name: String
  package var isDeed: Bool { true }

  /// - Parameters:
  ///   - chat: the group's chat.
  ///   - name: 1 to 100 characters.
  package init(chat: String, name: String) {
    self.chat = chat
    self.name = name
  }

  /// Emits one empty line once the members are being told.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.groups, as: (any Groups).self)
    try await desk.writing(by: account) { () throws(ConsoleError) in
      try await account.renameGroup(chat, name)
    }
    await emit(NoLine())
  }
}

/// Adds members to a group.
package struct AddToGroup: DeskCall {
  @ChatAddress package var chat: String
  package var members: [String]
  package var isDeed: Bool { true }

  /// - Parameters:
  ///   - chat: the group's chat.
  ///   - members: telephone numbers; those who are in it already do no harm.
  package init(chat: String, members: [String]) {
    self.chat = chat
    self.members = members
  }

  /// Emits one empty line once everybody is being told.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.groups, as: (any Groups).self)
    try await desk.writing(by: account) { () throws(ConsoleError) in
      try await account.addToGroup(chat, members)
    }
    await emit(NoLine())
  }
}

/// Leaves a group and tells its members; its messages stay here.
package struct LeaveGroup: DeskCall {
  @ChatAddress package var chat: String
  package var isDeed: Bool { true }

  /// - Parameter chat: the group's chat.
  package init(chat: String) { self.chat = chat }

  /// Emits one empty line once the members are being told.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    let account = try await desk.open(.groups, as: (any Groups).self)
    try await desk.writing(by: account) { () throws(ConsoleError) in
      try await account.leaveGroup(chat)
    }
    await emit(NoLine())
  }
}

/// Who is in a group.
package struct ShowGroup: DeskCall {
  @ChatAddress package var chat: String

  /// - Parameter chat: the group's chat.
  package init(chat: String) { self.chat = chat }

  /// Emits the group as it is stored; throws `no-chat` for any other chat.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (GroupLine) async -> Void
  ) async throws(ConsoleError) {
    guard let id = Service(chat: chat)?.groupID(of: chat) else { throw .noChat(chat) }
    let group = try await desk.reading { store in try await store.groups.group(id) }
    guard let group else { throw .noChat(chat) }
    await emit(
      GroupLine(
        chat: chat, title: group.name, members: group.members, active: group.isActive))
  }
}
