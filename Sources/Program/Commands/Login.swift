import Accounts
import Cryptography
import Domain
import Files
import Phrases

/// Signing in to a service at a terminal or from a script, question by question.
struct Login {
  let service: Service
  let guide: SignInGuide
  let invocation: Invocation
  let accounts: any RequestRunner

  private var prompt: Prompt { invocation.prompt }

  // MARK: Options

  /// The questions of the way that asks some, and a flag for each other way.
  static func options(of guide: SignInGuide) -> [Subcommand.Option] {
    guard let usual = guide.way(nil) else { return [] }
    return usual.questions.compactMap(option)
      + guide.ways.filter { $0.name != usual.name }.map { .flag($0.name, $0.summary) } + [.replace]
  }

  private static func option(for question: SignInWay.Question) -> Subcommand.Option? {
    switch question.style {
    case .text:
      let value =
        question.example.isEmpty ? question.name.uppercased() : "\(question.example.prefix(2))…"
      return .value(question.name, value, question.summary)
    // Never on the command line, which others see.
    case .secret:
      return .file(
        "\(question.name)-file", "read the \(question.name) from this file instead of asking for it"
      )
    case .word(let words): return .choice(question.name, words, question.summary)
    case .address: return nil
    }
  }

  /// The way that the options ask for; nil leaves it open.
  static func way(
    among guide: SignInGuide, _ arguments: ParsedArguments
  ) throws(UserError) -> SignInWay? {
    guard let usual = guide.way(nil) else { return nil }
    let others = guide.ways.filter { $0.name != usual.name && arguments.has($0.name) }
    let given = usual.questions.filter { arguments.has($0.name) }
    let unfit = given.filter { question in
      others.contains { way in !way.questions.contains { $0.name == question.name } }
    }
    let rivals = unfit.map(\.name) + others.map(\.name)
    guard rivals.count <= 1 else {
      throw .usage("\(rivals.map { "--\($0)" }.joined(separator: " and ")) exclude each other")
    }
    return others.first ?? (given.isEmpty ? nil : usual)
  }

  // MARK: Steps

  /// Where the server says beforehand that it sends no codes, nobody is asked where to.
  ///
  /// - Parameters:
  ///   - way: nil leaves it open.
  ///   - answers: to its questions.
  func run(
    by way: SignInWay?, _ answers: SignInAnswers?
  ) async throws(UserError) -> LoginOutput? {
    if let way, let answers { return try await begin(way, answers) }
    if guide.asksBeforehand {
      let ways = try await accounts.lines(of: AskSignInWays(service: service)).first
      if ways?.next == .noCodes { return try await scanInstead() }
    }
    guard let usual = guide.way(nil) else { return nil }
    return try await begin(
      usual, try Login.answers(to: usual, of: service, guide, invocation))
  }

  private func begin(
    _ way: SignInWay, _ answers: SignInAnswers
  ) async throws(UserError) -> LoginOutput? {
    if way.questions.isEmpty { return try await scan(by: way) }
    func send() async throws(UserError) -> SignInOutput? {
      try await replacing { mayReplace throws(UserError) in
        let request = SignIn(service: service, answers: answers, replace: mayReplace)
        return try await accounts.lines(of: request).first
      }
    }
    var line = try await send()
    while let step = line, step.next == .captcha {
      let link = step.link ?? ""
      if invocation.output.isJSON {
        invocation.output.line(LoginOutput(service: service, state: "captcha", link: link), "")
      } else {
        // Whoever answers from a file has to see it, too.
        prompt.show(Phrase.captchaThenEnter.with(service.title, harmless(link)) + "\n")
      }
      _ = try prompt.ask(Phrase.captchaDone.text)
      line = try await send()
    }
    return try await finish(line)
  }

  private func scanInstead() async throws(UserError) -> LoginOutput? {
    guard let way = guide.way(guide.wayWithoutCodes) else { return nil }
    if !invocation.output.isJSON { prompt.show(Phrase.noCodesHere.with(service.title) + "\n") }
    return try await scan(by: way)
  }

  private func scan(by way: SignInWay) async throws(UserError) -> LoginOutput? {
    let line = try await replacing { mayReplace throws(UserError) in
      let last = LatestOutput<SignInOutput>()
      let request = SignIn(
        service: service, answers: SignInAnswers(way: way.name), replace: mayReplace)
      try await accounts.run(request) { line in
        last.record(line)
        if line.next == .scan { show(line, of: way) }
      }
      return last.take()
    }
    return try await finish(line)
  }

  /// A step that may find that it would erase the login of somebody else.
  private func replacing(
    _ step: (Bool) async throws(UserError) -> SignInOutput?
  ) async throws(UserError) -> SignInOutput? {
    try await invocation.replacing(step) { mayReplace throws(UserError) in
      try await accounts.lines(of: ReplaceLogin(service: service, replace: mayReplace)).first
    }
  }

  /// What may follow every way: the code that was sent, and the account's password.
  private func finish(_ first: SignInOutput?) async throws(UserError) -> LoginOutput? {
    var line = first
    while let step = line {
      switch step.next {
      case .code:
        let code = try askForSentCode()
        if code.isEmpty, guide.wayWithoutCodes != nil { return try await scanInstead() }
        line = try await replacing { _ throws(UserError) in
          try await accounts.lines(of: EnterCode(service: service, code: code)).first
        }
      case .password:
        let hint = step.passwordHint.map { " (\($0))" } ?? ""
        let password = try prompt.askSecretly(Phrase.passwordLabel.text + harmless(hint))
        let request = EnterPassword(service: service, password: Secret(password))
        line = try await replacing { _ throws(UserError) in
          try await accounts.lines(of: request).first
        }
      case .noCodes: return try await scanInstead()
      case .answers, .captcha, .scan, .done: return step.login
      }
    }
    return nil
  }

  /// The code, or nothing for the way without one; after a minute that is said.
  private func askForSentCode() throws(UserError) -> String {
    guard guide.wayWithoutCodes != nil else { return try prompt.ask(Phrase.codeLabel.text) }
    let reminder = Task { [invocation, service] in
      // Cancelled: the code has come.
      guard (try? await invocation.time.sleep(for: .seconds(60))) != nil,
        !invocation.output.isJSON
      else { return }
      invocation.prompt.show("\n" + Phrase.noCodeCame.with(service.title) + "\n")
    }
    defer { reminder.cancel() }
    return try prompt.ask(Phrase.codeLabel.text)
  }

  private func show(_ line: SignInOutput, of way: SignInWay) {
    let link = line.link ?? ""
    let login = LoginOutput(service: service, state: "scan", link: link, expiresAt: line.expiresAt)
    if invocation.output.isJSON { return invocation.output.line(login, "") }
    let left = max(0, (line.expiresAt ?? 0) - invocation.time.wallTime)
    let picture = TerminalQRCode(link, environment: invocation.environment)
    let lines =
      [picture?.text, Phrase.scanSays.with(harmless(link))].compactMap(\.self)
      + way.introduction.map(\.text)
      + [Phrase.scanWithin.with(spanText(milliseconds: left / 1000 * 1000))]
    prompt.show(lines.map { $0 + "\n" }.joined())
  }

  // MARK: Answers

  /// What the options, the environment and a person say.
  static func answers(
    to way: SignInWay, of service: Service, _ guide: SignInGuide, _ invocation: Invocation
  ) throws(UserError) -> SignInAnswers {
    let prompt = invocation.prompt
    let isUsual = way.name == guide.way(nil)?.name
    var answers = SignInAnswers(way: way.name)
    for question in way.questions {
      let name = question.name
      switch question.style {
      case .text:
        if let given = invocation.arguments[name] {
          answers.set(name, Secret(given))
        } else {
          answers.set(name, Secret(try prompt.ask(question.label.text)))
        }
      case .secret:
        let secret = try secret(for: question, of: service, invocation, mayBeGiven: isUsual)
        answers.set(name, secret)
      case .word:
        if let word = invocation.arguments[name] { answers.set(name, Secret(word)) }
      case .address:
        let url = invocation.settings["\(service.rawValue)-url"]
        if let url { answers.set(name, Secret(url)) }
      }
    }
    return answers
  }

  /// From a file, the environment or a question.
  ///
  /// - Parameter mayBeGiven: whether there is an option for the file.
  private static func secret(
    for question: SignInWay.Question, of service: Service, _ invocation: Invocation,
    mayBeGiven: Bool
  ) throws(UserError) -> Secret {
    if mayBeGiven {
      if let path = invocation.arguments["\(question.name)-file"] {
        let text: String
        do throws(FileError) {
          text = try NamedStream.text(of: path)
        } catch {
          throw .usage("the \(question.name)'s file \(path) cannot be read: \(error.reason)")
        }
        // Editors end a file with a line break; nothing else is taken off.
        return Secret(text.last?.isNewline == true ? String(text.dropLast()) : text)
      }
      let variable = "TERCET_\(service.rawValue)_\(question.name)".uppercased()
      if let secret = invocation.environment[variable], !secret.isEmpty { return Secret(secret) }
    }
    return Secret(try invocation.prompt.askSecretly(question.label.text))
  }
}
