import Storage
import TextSecure

/// Makes a TextSecure group and tells its members.
public struct CreateGroup: DeskCall {
  var name: String
  var members: [String]

  /// - Parameters:
  ///   - name: 1 to 100 characters.
  ///   - members: telephone numbers, ours aside; one at least.
  public init(name: String, members: [String]) {
    self.name = name
    self.members = members
  }

  /// Emits the group's chat.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (ChatLine) async -> Void
  ) async throws(ConsoleError) {
    let chat = try await desk.writingSecurely { account throws(ConsoleError) in
      try await account.createGroup(name, members: members)
    }
    await emit(ChatLine(chat))
  }
}

/// Gives a group another name.
public struct RenameGroup: DeskCall {
  @ChatAddress var chat: String
  var name: String

  /// - Parameters:
  ///   - chat: the group's chat.
  ///   - name: 1 to 100 characters.
  public init(chat: String, name: String) {
    self.chat = chat
    self.name = name
  }

  /// Emits one empty line once the members are being told.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.writingSecurely { account throws(ConsoleError) in
      try await account.renameGroup(chat, name)
    }
    await emit(NoLine())
  }
}

/// Adds members to a group.
public struct AddToGroup: DeskCall {
  @ChatAddress var chat: String
  var members: [String]

  /// - Parameters:
  ///   - chat: the group's chat.
  ///   - members: telephone numbers; those who are in it already do no harm.
  public init(chat: String, members: [String]) {
    self.chat = chat
    self.members = members
  }

  /// Emits one empty line once everybody is being told.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.writingSecurely { account throws(ConsoleError) in
      try await account.addToGroup(chat, members)
    }
    await emit(NoLine())
  }
}

/// Leaves a group and tells its members; its messages stay here.
public struct LeaveGroup: DeskCall {
  @ChatAddress var chat: String

  /// - Parameter chat: the group's chat.
  public init(chat: String) { self.chat = chat }

  /// Emits one empty line once the members are being told.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.writingSecurely { account throws(ConsoleError) in
      try await account.leaveGroup(chat)
    }
    await emit(NoLine())
  }
}

/// Who is in a group.
public struct ShowGroup: DeskCall {
  @ChatAddress var chat: String

  /// - Parameter chat: the group's chat.
  public init(chat: String) { self.chat = chat }

  /// Emits the group as it is stored; throws `no-chat` for any other chat.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (GroupLine) async -> Void
  ) async throws(ConsoleError) {
    guard let id = SecureRecords.groupID(chat) else { throw .noChat(chat) }
    let group = try await desk.reading { store in try await store.groups.group(id) }
    guard let group else { throw .noChat(chat) }
    await emit(
      GroupLine(
        chat: chat, title: group.name, members: group.members, active: group.isActive))
  }
}
