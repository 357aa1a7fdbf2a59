/// Opcodes 50 and 65: what someone has read, and that he types.
extension MaxServer {
  func mark(_ request: MaxRequest.Mark, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Mark {
    _ = try message(request.messageId, in: request.chatId, caller)
    var conversation = try world.conversation(request.chatId, of: caller.account)
    guard (0...MaxLimits.latestTime).contains(request.mark) else { throw .payload("mark") }
    let isUnread = request.type == .unread
    read(conversation, by: caller.account, upTo: request.mark, isUnread: isUnread, caller.session)
    conversation = try world.conversation(request.chatId, of: caller.account)
    return MaxAnswer.Mark(
      unread: conversation.unread(for: caller.account), mark: request.mark)
  }

  /// Moves a read mark and tells everyone in the conversation.
  func read(
    _ conversation: Conversation, by reader: Int64, upTo mark: Int64, isUnread: Bool = false,
    _ session: Int? = nil
  ) {
    _ = world.change(conversation.key(for: reader)) {
      $0.mark(isUnread ? mark - 1 : mark, by: reader, at: time.wallTime)
    }
    let update = MaxPush.Mark(
      chatId: conversation.id, userId: reader, mark: mark, setAsUnread: isUnread)
    for member in conversation.readMarks.keys {
      push(update, opcode: 130, to: member, except: session)
    }
  }

  func announceTyping(_ request: MaxRequest.Typing, _ caller: Caller) throws(MaxRefusal) {
    let conversation = try world.conversation(request.chatId, of: caller.account)
    announceTyping(of: caller.account, in: conversation, type: request.type ?? "TEXT")
  }

  func announceTyping(of typist: Int64, in conversation: Conversation, type: String = "TEXT") {
    let update = MaxPush.Typing(chatId: conversation.id, userId: typist, type: type)
    for member in conversation.readMarks.keys where member != typist {
      push(update, opcode: 129, to: member)
    }
  }

  /// Tells those who are there that `account` came or went.
  func announcePresence(of account: Int64) {
    let now = PresenceObject(
      seen: time.wallTime / 1000, status: onlineAccounts.contains(account) ? 1 : 0)
    for other in onlineAccounts where other != account && world.haveDialog(account, other) {
      push(MaxPush.Presence(userId: account, presence: now), opcode: 132, to: other)
    }
  }
}
