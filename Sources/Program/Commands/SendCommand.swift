import Accounts
import Control
import Domain
import Phrases
import Storage

extension Subcommand {
  static let send = Subcommand(
    path: ["send"], operands: "CHAT [TEXT|-]", operandCount: 1...2,
    summary: "write a message, or with - one for each line of standard input",
    options: [
      .file("attach", "send this file with it; may be given again"),
      .value("reply", "ID", "answer this message"),
      .flag("marks", "read *strong*, _emphasised_ and `code`, where the service can show them"),
      .flag("wait", "until the server has it"),
    ]
  ) { invocation throws(UserError) in
    let arguments = invocation.arguments
    let files = arguments.all("attach").map { absolutePath($0) }
    let text = arguments.operands.dropFirst().first ?? ""
    if text == "-" {
      guard files.isEmpty, !arguments.has("reply") else {
        throw .usage("messages from standard input have no files and answer nothing")
      }
      return try await invocation.sendLines(to: try arguments.chat(0))
    }
    guard !text.isBlank || !files.isEmpty else { throw .usage("give a text, or a file to attach") }
    let request = try SendMessage(
      chat: arguments.chat(0), text: text, attachments: files, replyTo: arguments["reply"],
      waiting: arguments.has("wait"), announcing: true,
      marked: arguments.has("marks") ? true : nil)
    try await invocation.withAccounts { accounts throws(UserError) in
      try await invocation.send(request, by: accounts)
    }
  }
}

extension Invocation {
  /// Writes a message for each line of standard input that is not blank, in their order.
  fileprivate func sendLines(to chat: ChatID) async throws(UserError) {
    let (lines, isWaiting) = (InputLines(), arguments.has("wait"))
    // Who writes the lines may take its time: other commands use the accounts meanwhile.
    try await withAccounts(serving: true, draining: true, pace: .request) {
      accounts throws(UserError) in
      // What nobody would be told the id of is not written any more.
      while output.failure == nil, let line = try await lines.next() {
        guard !line.isBlank else { continue }
        let request = SendMessage(
          chat: chat, text: line, waiting: isWaiting, announcing: true,
          marked: arguments.has("marks") ? true : nil)
        try await send(request, by: accounts)
      }
    }
  }

  /// Writes a message and prints what has become of it, once: also where that is not what was waited
  /// for, and where the process that has it does not answer any more.
  fileprivate func send(
    _ request: SendMessage, by accounts: any RequestRunner
  ) async throws(UserError) {
    let last = LatestOutput<SentOutput>()
    var failure: UserError?
    do throws(UserError) {
      try await accounts.run(request) { last.record($0) }
    } catch {
      failure = error
    }
    let line = last.take()
    if let line { output.line(line, line.words, done: line.done) }
    guard var failure else { return }
    if failure.isOutcomeOpen(after: try settings.timeout()) {
      guard let line, line.status == MessageRecord.Status.queued.rawValue else { throw failure }
      // Its own advice is to try again.
      failure.hint = ""
      failure = failure.besideQueued(line.id)
    }
    throw failure
  }
}

extension SentOutput {
  var words: String { "\(id)  \(status)" }

  /// What it means where it cannot be printed.
  var done: Phrase {
    switch MessageRecord.Status(rawValue: status) {
    case .queued: .messageQueued
    case .failed: .messageNotSentEither
    case .sent: .messageSent
    default: .doneUnprinted
    }
  }
}
