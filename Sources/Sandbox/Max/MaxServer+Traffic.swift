/// What people in the sandbox do by themselves.
extension MaxServer {
  /// Someone who is not signed in reads what was written to them, types and answers.
  struct Reply: Sendable {
    enum Step: Sendable { case read, type, say }
    var step = Step.read
    let author: Int64
    let reader: Int64
    let chat: Int64
    let mark: Int64
  }

  func scheduleReply(to message: Message, in conversation: Conversation) {
    guard options.scenario.isLively, conversation.kind == .dialog, let author = message.sender,
      let reader = conversation.readMarks.keys.first(where: { $0 != author }),
      !onlineAccounts.contains(reader)
    else { return }
    let reply = Reply(author: author, reader: reader, chat: conversation.id, mark: message.time)
    schedule(.respond(reply), after: .seconds(1))
  }

  func respond(_ reply: Reply, at moment: Duration) {
    guard
      let conversation = state.world.conversations[.init(chat: reply.chat, of: reply.reader)]
    else { return }
    var next = reply
    switch reply.step {
    case .read:
      read(conversation, by: reply.reader, upTo: reply.mark)
      next.step = .type
      schedule(.respond(next), at: moment + .seconds(1))
    case .type:
      announceTyping(of: reply.reader, in: conversation)
      next.step = .say
      schedule(.respond(next), at: moment + .seconds(3))
    case .say:
      speak(chance.pick(Population.answers), from: reply.reader, in: conversation)
    }
  }

  /// One spontaneous act towards someone who has been here, whether he is online or not.
  func makeTraffic() {
    let accounts = state.devices.visitors.sorted()
    guard !accounts.isEmpty else { return }
    let account = chance.pick(accounts)
    let conversations = state.world.conversations(of: account).filter { $0.id != 0 }
    guard !conversations.isEmpty else { return }
    let conversation = chance.pick(conversations)
    let others = conversation.readMarks.keys.filter { !accounts.contains($0) }.sorted()
    guard !others.isEmpty else { return }
    let someone = chance.pick(others)
    switch chance.below(10) {
    case 0: push(presence(of: someone), opcode: 132, to: account)
    case 1: read(conversation, by: someone, upTo: conversation.lastEventTime)
    case 2, 3: announceTyping(of: someone, in: conversation)
    case 4: react(someone, in: conversation)
    default:
      let sender = conversation.kind == .channel ? nil : someone
      speak(chance.pick(Population.remarks), from: sender, in: conversation)
    }
  }

  private func react(_ person: Int64, in conversation: Conversation) {
    guard let last = conversation.messages.last else { return }
    let emoji = chance.pick(["👍", "❤️", "😂", "🔥"])
    let key = conversation.key(for: person)
    let now = time.wallTime
    let message = state.world.change(key) {
      $0.change(last.id, at: now) { $0.reactions[person] = emoji }
    }
    if let changed = message, let changed { tellReactions(of: changed, in: conversation) }
  }

  func speak(_ text: String, from sender: Int64?, in conversation: Conversation) {
    do {
      _ = try say(text, from: sender, in: conversation)
    } catch {
      events.report(.refused(.max, connection: 0, error: error.error))
    }
  }
}
