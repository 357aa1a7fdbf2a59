import Accounts
import Domain
import Storage

extension Subcommand {
  static let groupsShow = Subcommand(
    path: ["groups"], operands: "CHAT", operandCount: 1...1, summary: "who is in a TextSecure group"
  ) { invocation throws(UserError) in
    try await invocation.print(try ShowGroup(chat: invocation.arguments.chat(0))) { line in
      let left = line.active ? "" : "  (left)"
      return "\(harmless(line.title))\(left): \(line.memberList)"
    }
  }

  static let groupsCreate = Subcommand(
    path: ["groups", "create"], operands: "NAME MEMBER…", operandCount: 2...200,
    summary: "make a TextSecure group and tell its members"
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    let call = CreateGroup(name: operands[0], members: Array(operands.dropFirst()))
    try await invocation.print(call) { "\($0.chat)  \(harmless($0.title))" }
  }

  static let groupsRename = Subcommand(
    path: ["groups", "rename"], operands: "CHAT NAME", operandCount: 2...2,
    summary: "give a group another name"
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    try await invocation.change(
      try RenameGroup(chat: invocation.arguments.chat(0), name: operands[1]))
  }

  static let groupsAdd = Subcommand(
    path: ["groups", "add"], operands: "CHAT MEMBER…", operandCount: 2...200,
    summary: "add members to a group"
  ) { invocation throws(UserError) in
    let operands = invocation.arguments.operands
    try await invocation.change(
      try AddToGroup(chat: invocation.arguments.chat(0), members: Array(operands.dropFirst())))
  }

  static let groupsLeave = Subcommand(
    path: ["groups", "leave"], operands: "CHAT", operandCount: 1...1,
    summary: "leave a group; its messages stay here"
  ) { invocation throws(UserError) in
    try await invocation.change(try LeaveGroup(chat: invocation.arguments.chat(0)))
  }
}

extension Invocation {
  /// Changes a group, then prints it as it is.
  fileprivate func change(_ call: some Request) async throws(UserError) {
    let chat = try arguments.chat(0)
    let output = output
    try await withAccounts { accounts throws(UserError) in
      _ = try await accounts.lines(of: call)
      try await accounts.run(ShowGroup(chat: chat)) { line in
        let left = line.active ? "" : "  (left)"
        output.line(
          line, "\(harmless(line.title))\(left): \(line.memberList)",
          done: .doneUnprinted)
      }
    }
  }
}

extension GroupOutput {
  fileprivate var memberList: String { members.map { harmless($0) }.joined(separator: ", ") }
}
