import Accounts
import Domain
import FoundationEssentials
import Storage

extension Subcommand {
  static let send = Subcommand(
    path: ["send"], operands: "CHAT [TEXT|-]", operandCount: 1...2,
    summary: "write a message, or with - one for each line of standard input",
    options: [
      .file("attach", "send this file with it; may be given again"),
      .value("reply", "ID", "answer this message"),
      .flag("wait", "until the server has it"),
    ]
  ) { invocation throws(ConsoleError) in
    let arguments = invocation.arguments
    let files = arguments.all("attach").map { absolutePath($0) }
    let text = arguments.operands.dropFirst().first ?? ""
    if text == "-" {
      guard files.isEmpty, !arguments.has("reply") else {
        throw .usage("messages from standard input have no files and answer nothing")
      }
      return try await invocation.sendLines(to: arguments.operands[0])
    }
    guard !text.isBlank || !files.isEmpty else { throw .usage("give a text, or a file to attach") }
    let call = SendMessage(
      chat: arguments.operands[0], text: text, attachments: files, replyTo: arguments["reply"],
      waiting: arguments.has("wait"))
    try await invocation.print(call) { line in line.words }
  }

  static let save = Subcommand(
    path: ["save"], operands: "CHAT ID", operandCount: 2...2,
    summary: "save an attachment of a message; no file is ever replaced",
    options: [
      .value("attachment", "N", "which one, counted from 1 (default: 1)"),
      .directory("to", "where (default: the working directory)"),
    ]
  ) { invocation throws(ConsoleError) in
    let arguments = invocation.arguments
    let call = SaveAttachment(
      chat: arguments.operands[0], message: arguments.operands[1],
      index: (try arguments.integer("attachment", in: 1...100) ?? 1) - 1,
      directory: absolutePath(arguments["to"] ?? "."))
    let output = invocation.output
    try await invocation.withAccounts { accounts throws(ConsoleError) in
      try await accounts.run(call) { line in
        // On the way there is nothing to say to a script, and a person waits for one line.
        guard let path = line.path else { return }
        output.line(line, harmless(path))
      }
    }
  }

  static let contacts = Subcommand(
    path: ["contacts"], summary: "everybody the messengers have introduced",
    options: [
      .value("add", "NUMBER", "look this number up at the TextSecure relay and keep it"),
      .value("name", "NAME", "what to call who is added"),
    ]
  ) { invocation throws(ConsoleError) in
    let numbers = invocation.arguments.all("add")
    let words = { @Sendable (line: ContactLine) in
      let note = line.registered ? "" : "  not registered"
      return "\(line.service.rawValue):\(harmless(line.id))  \(harmless(line.name))\(note)"
    }
    guard numbers.isEmpty else {
      let call = AddContacts(numbers: numbers, name: invocation.arguments["name"])
      return try await invocation.print(call, words: words)
    }
    try await invocation.print(ListContacts(), words: words)
  }

  static let push = Subcommand(
    path: ["push"], operands: "PAYLOAD", operandCount: 1...1,
    summary: "decrypt a push notification by hand: APN's JSON, GCM's, or the bare text",
    options: [.flag("apn", "the payload is APN's JSON (it is recognised without this, too)")]
  ) { invocation throws(ConsoleError) in
    let payload = invocation.arguments.operands[0]
    guard !invocation.arguments.has("apn") || payload.trimmed.hasPrefix("{") else {
      throw .usage("--apn needs a JSON object")
    }
    try await invocation.print(OpenPush(payload: payload)) { invocation.words(for: $0) }
  }
}

extension Invocation {
  /// Writes a message for each line of standard input that is not blank, in their order.
  fileprivate func sendLines(to chat: String) async throws(ConsoleError) {
    let (lines, output, isWaiting) = (InputLines(), output, arguments.has("wait"))
    // Who writes the lines may take its time: other commands use the accounts meanwhile.
    try await withAccounts(serving: true, draining: true, pace: .call) {
      accounts throws(ConsoleError) in
      while let line = try await lines.next() {
        guard !line.isBlank else { continue }
        let call = SendMessage(chat: chat, text: line, waiting: isWaiting)
        try await accounts.run(call) { line in output.line(line, line.words) }
      }
    }
  }
}

extension SentLine {
  fileprivate var words: String { "\(id)  \(status)" }
}

/// `path` from the root on: the process that holds the accounts has a working directory of its own.
private func absolutePath(_ path: String) -> String {
  path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
}
