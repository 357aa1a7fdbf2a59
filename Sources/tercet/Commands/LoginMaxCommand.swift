import Accounts
import Cryptography
import Domain
import Phrases

extension Subcommand {
  static let loginMax = Subcommand(
    path: ["login", "max"], summary: "sign in to MAX with a code, a QR code or a token",
    options: [
      .value("phone", "+7…", "the number that the code is sent to"),
      .flag("qr", "draw a code for a phone that is signed in"),
      .flag("token", "read a token and its device id, a line each"),
      .replace,
    ]
  ) { invocation throws(ConsoleError) in
    let ways = ["phone", "qr", "token"].filter(invocation.arguments.has)
    guard ways.count <= 1 else { throw .usage("--phone, --qr and --token exclude each other") }
    try await invocation.withAccounts(pace: .call) { accounts throws(ConsoleError) in
      let steps = MaxLogin(invocation: invocation, accounts: accounts)
      let login =
        switch ways.first {
        case "qr": try await steps.scan()
        case "token": try await steps.bringToken()
        case "phone": try await steps.askForCode()
        default: try await steps.findWay()
        }
      guard let login else { return }
      invocation.show(login)
      guard login.state == "online" else { throw .late(try invocation.settings.timeout()) }
    }
  }
}

/// Signing in to MAX at a terminal, question by question.
private struct MaxLogin {
  let invocation: Invocation
  let accounts: any DeskAccess

  private var prompt: Prompt { invocation.prompt }

  /// Where the server says beforehand that it sends no codes, nobody is asked for a number.
  func findWay() async throws(ConsoleError) -> LoginLine? {
    let ways = try await accounts.lines(of: AskMaxWays()).first
    return ways?.next == .noCodes
      ? try await scan(because: .noCodesHere) : try await askForCode()
  }

  func askForCode() async throws(ConsoleError) -> LoginLine? {
    let phone = try invocation.value("phone", else: .phoneLabel)
    var call = SignInToMax(phone: phone)
    var line = try await invocation.replacing { mayReplace throws(ConsoleError) in
      call.replace = mayReplace
      return try await accounts.lines(of: call).first
    }
    while let step = line, step.next == .captcha {
      let link = step.link ?? ""
      if invocation.output.isJSON {
        invocation.output.line(LoginLine(service: .max, state: "captcha", link: link), "")
      } else {
        // Whoever answers from a file has to see it, too.
        prompt.show(Phrase.captchaThenEnter.with(harmless(link)) + "\n")
      }
      _ = try prompt.ask(Phrase.captchaDone.text)
      line = try await accounts.lines(of: call).first
    }
    return try await finish(line)
  }

  /// - Parameter reason: why it is this way, where another one was chosen.
  func scan(because reason: Phrase? = nil) async throws(ConsoleError) -> LoginLine? {
    if let reason, !invocation.output.isJSON { prompt.show(reason.text + "\n") }
    let last = LastLine()
    let line = try await ending { mayReplace throws(ConsoleError) in
      try await accounts.run(ScanIntoMax(replace: mayReplace)) { line in
        await last.set(line)
        if line.next == .scan { show(line) }
      }
      return await last.line
    }
    return try await finish(line)
  }

  func bringToken() async throws(ConsoleError) -> LoginLine? {
    let token = try prompt.askSecretly(Phrase.tokenLabel.text)
    let device = try prompt.askSecretly(Phrase.deviceLabel.text)
    let line = try await ending { mayReplace throws(ConsoleError) in
      let call = BringMaxToken(token: Secret(token), device: device, replace: mayReplace)
      return try await accounts.lines(of: call).first
    }
    return try await finish(line)
  }

  /// A step that may end the sign-in and tell only then whose account it is.
  private func ending(
    _ step: (Bool) async throws(ConsoleError) -> SignInLine?
  ) async throws(ConsoleError) -> SignInLine? {
    try await invocation.replacing(step) { mayReplace throws(ConsoleError) in
      try await accounts.lines(of: ReplaceMaxLogin(replace: mayReplace)).first
    }
  }

  /// What may follow every way: the code that was sent, and the account's password.
  private func finish(_ first: SignInLine?) async throws(ConsoleError) -> LoginLine? {
    var line = first
    while let step = line {
      switch step.next {
      case .code:
        let code = try askForSentCode()
        if code.isEmpty { return try await scan(because: .noCodesHere) }
        line = try await accounts.lines(of: EnterMaxCode(code: code)).first
      case .password:
        let hint = step.passwordHint.map { " (\($0))" } ?? ""
        let password = try prompt.askSecretly(Phrase.passwordLabel.text + harmless(hint))
        let call = EnterMaxPassword(password: Secret(password))
        line = try await ending { _ throws(ConsoleError) in
          try await accounts.lines(of: call).first
        }
      case .noCodes: return try await scan(because: .noCodesHere)
      case .phone, .captcha, .scan, .done: return step.login
      }
    }
    return nil
  }

  /// The code, or nothing for a QR code instead; after a minute without one that is said.
  private func askForSentCode() throws(ConsoleError) -> String {
    let reminder = Task { [invocation] in
      // Cancelled: the code has come.
      guard (try? await invocation.time.sleep(for: .seconds(60))) != nil,
        !invocation.output.isJSON
      else { return }
      invocation.prompt.show("\n" + Phrase.noCodeCame.text + "\n")
    }
    defer { reminder.cancel() }
    return try prompt.ask(Phrase.codeLabel.text)
  }

  private func show(_ line: SignInLine) {
    let link = line.link ?? ""
    let login = LoginLine(service: .max, state: "scan", link: link, expiresAt: line.expiresAt)
    if invocation.output.isJSON { return invocation.output.line(login, "") }
    let left = max(0, (line.expiresAt ?? 0) - invocation.time.wallTime)
    let picture = TerminalCode(link, environment: invocation.environment)
    prompt.show(
      (picture.map { $0.text + "\n" } ?? "") + Phrase.scanSays.with(harmless(link)) + "\n"
        + Phrase.maxScanIntroduction.text + "\n"
        + Phrase.scanWithin.with(spanText(milliseconds: left / 1000 * 1000)) + "\n")
  }
}

private actor LastLine {
  private(set) var line: SignInLine?
  func set(_ line: SignInLine) { self.line = line }
}
