import Processes

extension OperatorCommand {
  /// Whether `{code}` stands in its words: every user of the machine can then read the codes in the
  /// list of processes.
  public var showsCodes: Bool { words.contains { $0.contains("{code}") } }

  /// Brings a code to its telephone: `{number}` and `{transport}` (`sms` or `voice`) stand for what
  /// they say, the code is a line on standard input. True if the program ended with 0 within 20
  /// seconds. `{code}` works, too; see `showsCodes`.
  public func run(for code: VerificationCode) async -> Bool {
    await run(
      [
        "{number}": code.number, "{code}": code.code, "{transport}": code.transport.rawValue,
      ], input: Array("\(code.code)\n".utf8))
  }

  /// Hands a notification to its service: `{kind}` (`gcm` or `apn`) and `{id}` stand for what they
  /// say, the content comes on standard input. True if the program ended with 0 within 20 seconds.
  public func run(for notification: PushNotification) async -> Bool {
    await run(
      ["{kind}": notification.service.rawValue, "{id}": notification.id],
      input: Array(notification.content.utf8))
  }
}
