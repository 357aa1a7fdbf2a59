import Accounts
import Domain
import OneMe
import Phrases
import Storage
import Transport

extension Subcommand {
  static let status = Subcommand(
    path: ["status"], summary: "each account, its connection, round trip and clock skew"
  ) { invocation throws(UserError) in
    try await invocation.print(ShowStatus()) { line in
      let rtt = line.rttMs.map { "  \($0) ms" } ?? ""
      let skew = line.skewMs.map { "  skew \(Amount.grouped(String($0))) ms" } ?? ""
      let account = line.account.map { "  \(harmless($0))" } ?? ""
      let reason = line.reason.map { " (\(harmless($0)))" } ?? ""
      let isSpoken = line.codec != nil
      let form = (isSpoken ? line.codec ?? "json" : line.dialect).map { "  \($0)" } ?? ""
      return
        "\(line.service.title): \(line.state)\(reason)\(account)\(rtt)\(skew)\(form)  "
        + "\(line.unread) unread"
    }
  }

  static let chats = Subcommand(
    path: ["chats"], summary: "all chats, newest first"
  ) { invocation throws(UserError) in
    try await invocation.print(ListChats()) { line in
      let unread = line.unread > 0 ? "  (\(line.unread))" : ""
      let last = harmless(line.lastMessage ?? "", limit: 60)
      let time = line.lastMessageAt.map { LocalTime(milliseconds: $0) }
      let at = time.map { "\($0.date) \($0.clock)" } ?? "-"
      return "\(line.chat)  \(at)  \(harmless(line.title))\(unread)  \(last)"
    }
  }

  static let search = Subcommand(
    path: ["search"], operands: "QUERY", operandCount: 1...1,
    summary: "stored messages with all these words, oldest first",
    options: [
      .value("chat", "CHAT", "only in this chat"),
      .value("limit", "N", "the newest so many (default: 200)"),
      .flag("server", "ask MAX as well, and keep what it finds"),
    ]
  ) { invocation throws(UserError) in
    let arguments = invocation.arguments
    let request = try SearchMessages(
      words: arguments.operands[0], chat: arguments.chat("chat"),
      limit: arguments.integer("limit", in: 1...1000) ?? 200,
      asksServer: arguments.has("server"))
    try await invocation.print(request) {
      "\(harmless($0.chat.text))  \(invocation.words(for: $0))"
    }
  }

  static let messages = Subcommand(
    path: ["messages"], operands: "[CHAT]", operandCount: 0...1,
    summary: "messages of a chat, oldest first",
    options: [
      .value("limit", "N", "how many (default: 50)"),
      .value("before", "ID", "only those before this message"),
      .flag("watch", "go on with every message that arrives; without CHAT, of all chats"),
    ]
  ) { invocation throws(UserError) in
    let arguments = invocation.arguments
    let chat = arguments.operands.isEmpty ? nil : try arguments.chat(0)
    let watching = arguments.has("watch")
    guard chat != nil || watching else { throw .usage("name a chat, or give --watch") }
    let request = ReadMessages(
      chat: chat, limit: try arguments.integer("limit", in: 1...10_000) ?? 50,
      before: arguments["before"], watching: watching)
    try await invocation.print(request) { line in
      // Of all chats, each line says which it belongs to.
      (chat == nil ? "\(harmless(line.chat.text))  " : "") + invocation.words(for: line)
    }
  }

  static let vcp = Subcommand(
    path: ["vcp"], operands: "STRING", operandCount: 1...1,
    summary: "decode the configuration of a MAX call",
    options: [.flag("reveal", "show the token and the TURN password")]
  ) { invocation throws(UserError) in
    let configuration: CallConfiguration
    do throws(VCPError) {
      configuration = try CallConfiguration(vcp: invocation.arguments.operands[0])
    } catch {
      throw UserError(
        .failed, code: "invalid-vcp", "This is no call configuration: \(error.message)",
        hint: "It looks like 329:8SR7…, a size, a colon and base64")
    }
    // The decoded object is JSON in both forms; a person gets it spread out.
    let json = configuration.json(
      revealingSecrets: invocation.arguments.has("reveal"), pretty: !invocation.output.isJSON)
    invocation.output.raw(escapingInvisible(json))
  }
}

extension Invocation {
  func words(for message: MessageOutput) -> String {
    let time = LocalTime(milliseconds: message.at)
    let isDeleted = message.status == MessageRecord.Status.deleted.rawValue
    let isOwn = message.status != MessageRecord.Status.received.rawValue
    let files = message.attachments.map { file in
      let isCall = file.type == "call"
      let name = isCall ? AttachmentDetail.shownCall(file.name, isOwn: isOwn) : file.name
      return " [\(harmless(name))]"
    }.joined()
    let sender = isOwn && !isDeleted ? Phrase.you.text : harmless(message.from ?? "")
    let edited = message.edited ? " (\(Phrase.edited.text))" : ""
    let reactions = message.reactions.map { "  \(harmless($0.emoji)) \($0.count)" }.joined()
    let text = isDeleted ? Phrase.messageDeleted.text : harmless(message.text)
    return
      "\(time.date) \(time.clock)  \(harmless(message.id))  \(sender): \(text)\(edited)\(files)"
      + reactions
  }
}
