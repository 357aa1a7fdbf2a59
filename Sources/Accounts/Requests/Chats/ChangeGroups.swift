import Domain
import Storage

/// Makes a TextSecure group and tells its members.
package struct CreateGroup: Request {
  package var name: String
  package var members: [String]
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - name: 1 to 100 characters.
  ///   - members: telephone numbers, ours aside; one at least.
  package init(name: String, members: [String]) {
    self.name = name
    self.members = members
  }

  /// Emits the group's chat.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.groups, as: (any Groups).self)
    let chat = try await hub.writing(by: account) { () throws(UserError) in
      try await account.createGroup(name, members: members)
    }
    await emit(ChatOutput(chat))
  }
}

/// Gives a group another name.
package struct RenameGroup: Request {
  package var chat: ChatID
  package var name: String
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - chat: the group's chat.
  ///   - name: 1 to 100 characters.
  package init(chat: ChatID, name: String) {
    self.chat = chat
    self.name = name
  }

  /// Emits one empty line once the members are being told.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.groups, as: (any Groups).self)
    try await hub.writing(by: account) { () throws(UserError) in
      try await account.renameGroup(chat, name)
    }
    await emit(NoOutput())
  }
}

/// Adds members to a group.
package struct AddToGroup: Request {
  package var chat: ChatID
  package var members: [String]
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - chat: the group's chat.
  ///   - members: telephone numbers; those who are in it already do no harm.
  package init(chat: ChatID, members: [String]) {
    self.chat = chat
    self.members = members
  }

  /// Emits one empty line once everybody is being told.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.groups, as: (any Groups).self)
    try await hub.writing(by: account) { () throws(UserError) in
      try await account.addToGroup(chat, members)
    }
    await emit(NoOutput())
  }
}

/// Leaves a group and tells its members; its messages stay here.
package struct LeaveGroup: Request {
  package var chat: ChatID
  package var hasEffects: Bool { true }

  /// - Parameter chat: the group's chat.
  package init(chat: ChatID) { self.chat = chat }

  /// Emits one empty line once the members are being told.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let account = try await hub.open(.groups, as: (any Groups).self)
    try await hub.writing(by: account) { () throws(UserError) in
      try await account.leaveGroup(chat)
    }
    await emit(NoOutput())
  }
}

/// Who is in a group.
package struct ShowGroup: Request {
  package var chat: ChatID

  /// - Parameter chat: the group's chat.
  package init(chat: ChatID) { self.chat = chat }

  /// Emits the group as it is stored; throws `no-chat` for any other chat.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (GroupOutput) async -> Void
  ) async throws(UserError) {
    guard let id = chat.groupID else { throw .noChat(chat) }
    let group = try await hub.withStore { store in try await store.groups.group(id) }
    guard let group else { throw .noChat(chat) }
    await emit(
      GroupOutput(
        chat: chat, title: group.name, members: group.members, active: group.isActive))
  }
}
