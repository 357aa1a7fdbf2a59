import Accounts
import Domain

extension Subcommand {
  static let edit = Subcommand(
    path: ["edit"], operands: "CHAT ID TEXT", operandCount: 3...3,
    summary: "change the words of a message of yours (MAX)"
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    let call = try EditMessage(
      chat: invocation.arguments.chat(0), id: operands[1], text: operands[2])
    try await invocation.print(call) { invocation.words(for: $0) }
  }

  static let delete = Subcommand(
    path: ["delete"], operands: "CHAT ID", operandCount: 2...2,
    summary: "delete a message for yourself, or take back one that has not gone out (MAX)",
    options: [.flag("for-all", "for everybody in the chat")]
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    let call = try DeleteMessage(
      chat: invocation.arguments.chat(0), id: operands[1],
      forEverybody: invocation.arguments.has("for-all"))
    try await invocation.print(call) { line in "\(line.id)  \(line.status)" }
  }

  static let react = Subcommand(
    path: ["react"], operands: "CHAT ID [EMOJI]", operandCount: 2...3,
    summary: "react to a message; without an emoji, take your reaction back (MAX)"
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    let call = try ReactToMessage(
      chat: invocation.arguments.chat(0), id: operands[1],
      emoji: operands.count > 2 ? operands[2] : nil)
    try await invocation.print(call) { invocation.words(for: $0) }
  }

  static let forward = Subcommand(
    path: ["forward"], operands: "CHAT ID TO", operandCount: 3...3,
    summary: "pass a message on to another chat (MAX)"
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    let call = try ForwardMessage(
      chat: invocation.arguments.chat(0), id: operands[1], to: invocation.arguments.chat(2))
    try await invocation.print(call, done: { $0.done }, words: { $0.words })
  }

  static let mute = Subcommand(
    path: ["mute"], operands: "CHAT", operandCount: 1...1,
    summary: "silence a chat",
    options: [.flag("off", "let it be heard again")]
  ) { invocation throws(UserError) in
    let call = try MuteChat(
      chat: invocation.arguments.chat(0), isMuted: !invocation.arguments.has("off"))
    try await invocation.print(call) { line in
      "\(line.chat)  \(harmless(line.title))  \(line.muted ? "muted" : "heard")"
    }
  }
}
