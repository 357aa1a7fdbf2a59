import Accounts
import Domain
import FoundationEssentials
import Storage

extension Subcommand {
  static let save = Subcommand(
    path: ["save"], operands: "CHAT ID", operandCount: 2...2,
    summary: "save an attachment of a message; no file is ever replaced",
    options: [
      .value("attachment", "N", "which one, counted from 1 (default: 1)"),
      .directory("to", "where (default: the working directory)"),
    ]
  ) { invocation throws(UserError) in
    let arguments = invocation.arguments
    let request = try SaveAttachment(
      chat: arguments.chat(0), message: arguments.operands[1],
      index: (try arguments.integer("attachment", in: 1...100) ?? 1) - 1,
      directory: absolutePath(arguments["to"] ?? "."))
    let output = invocation.output
    try await invocation.withAccounts { accounts throws(UserError) in
      try await accounts.run(request) { line in
        // On the way there is nothing to say to a script, and a person waits for one line.
        guard let path = line.path else { return }
        output.line(line, harmless(path), done: .doneUnprinted)
      }
    }
  }

  static let contacts = Subcommand(
    path: ["contacts"], summary: "everybody the messengers have introduced",
    options: [
      .value("add", "NUMBER", "look this number up at the TextSecure relay and keep it"),
      .value("name", "NAME", "what to call who is added"),
      .value("find", "NUMBER", "ask each messenger that is signed in who has this number"),
    ]
  ) { invocation throws(UserError) in
    let numbers = invocation.arguments.all("add")
    let words = { @Sendable (line: ContactOutput) in
      let note = line.registered ? "" : "  not registered"
      return "\(line.service.rawValue):\(harmless(line.id))  \(harmless(line.name))\(note)"
    }
    if let number = invocation.arguments["find"] {
      guard numbers.isEmpty else { throw .usage("--find and --add do not go together") }
      return try await invocation.print(FindNumber(number: number), words: words)
    }
    guard numbers.isEmpty else {
      let request = AddContacts(numbers: numbers, name: invocation.arguments["name"])
      return try await invocation.print(request, words: words)
    }
    try await invocation.print(ListContacts(), words: words)
  }

  static let push = Subcommand(
    path: ["push"], operands: "PAYLOAD", operandCount: 1...1,
    summary: "decrypt a push notification by hand: APN's JSON, GCM's, or the bare text",
    options: [.flag("apn", "the payload is APN's JSON (it is recognised without this, too)")]
  ) { invocation throws(UserError) in
    let payload = invocation.arguments.operands[0]
    guard !invocation.arguments.has("apn") || payload.trimmed.hasPrefix("{") else {
      throw .usage("--apn needs a JSON object")
    }
    try await invocation.print(OpenPush(payload: payload)) { invocation.words(for: $0) }
  }
}

/// `path` from the root on: the process that holds the accounts has a working directory of its own.
func absolutePath(_ path: String) -> String {
  path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
}
