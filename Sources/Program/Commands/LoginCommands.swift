import Accounts
import Domain
import Phrases

extension Subcommand {
  /// Signing in to a service by the questions of its ways.
  static func login(_ descriptor: ServiceDescriptor) -> Subcommand {
    let guide = descriptor.signInGuide(HubSettings())
    return Subcommand(
      path: ["login", descriptor.service.rawValue], summary: descriptor.words.signIn.text,
      options: Login.options(of: guide)
    ) { invocation throws(UserError) in
      let settings = try invocation.runSettings()
      let guide = descriptor.signInGuide(settings)
      // While a person types, nothing is held open; where the server says first how one may sign in,
      // that has to be asked before.
      let named = try Login.way(among: guide, invocation.arguments)
      let way = named ?? (guide.asksBeforehand ? nil : guide.way(nil))
      let answers = try way.map { way throws(UserError) in
        try Login.answers(to: way, of: descriptor.service, guide, invocation)
      }
      try await invocation.withAccounts(pace: .request) { accounts throws(UserError) in
        let login = Login(
          service: descriptor.service, guide: guide, invocation: invocation, accounts: accounts)
        guard let line = try await login.run(by: way, answers) else { return }
        invocation.show(line)
        guard line.state == "online" else { throw .late(settings.timeout) }
      }
    }
  }

  static func logout(_ services: [ServiceDescriptor]) -> Subcommand {
    let names = services.map(\.service.rawValue)
    return Subcommand(
      path: ["logout"], operands: names.joined(separator: "|"), operandValues: [.oneOf(names)],
      operandCount: 1...1,
      summary: "sign out and forget what the service sent; orders and their journal stay"
    ) { invocation throws(UserError) in
      let service = try invocation.service(invocation.arguments.operands[0])
      try await invocation.withAccounts { accounts throws(UserError) in
        _ = try await accounts.lines(of: SignOut(service: service))
        let line = LoginOutput(service: service, state: "signed-out", account: nil)
        invocation.output.line(line, "signed out of \(service.title)", done: .doneUnprinted)
      }
    }
  }
}

extension Invocation {
  func show(_ login: LoginOutput) {
    output.line(
      login,
      "\(login.service.title): \(login.state) as \(harmless(login.account ?? "somebody"))"
        + (login.codec.map { ", in the \($0) form" } ?? "")
        + (login.dialect.map { ", spoken to as \($0), keys \(login.keyOrder ?? "sorted")" } ?? ""),
      done: .signedInUnprinted)
  }
}

extension Subcommand.Option {
  /// Of every sign-in: what would be erased is not asked about.
  static let replace = flag(
    "replace", "erase what is stored of somebody else who is signed in there, without a question")
}

extension Invocation {
  /// Runs a step of signing in that may find that it would erase another login: a person at a terminal
  /// is asked then, for anybody else `--replace` has to have said so beforehand.
  ///
  /// - Parameters:
  ///   - step: given whether another login may be erased.
  ///   - goOn: what follows a yes, and a no with nobody to ask.
  func replacing<Result>(
    _ step: (Bool) async throws(UserError) -> Result,
    then goOn: (Bool) async throws(UserError) -> Result
  ) async throws(UserError) -> Result {
    do throws(UserError) {
      return try await step(arguments.has("replace"))
    } catch {
      guard error.code == UserError.wouldReplaceCode else { throw error }
      let isAsking = Prompt.isInteractive
      if isAsking {
        prompt.show(harmless(error.message) + ".\n")
        if prompt.confirm(Phrase.replaceQuestion.text) {
          return try await goOn(true)
        }
      }
      _ = try await goOn(false)
      guard isAsking else { throw error }
      throw UserError(
        .refused, code: "not-confirmed", Phrase.nothingReplaced.text,
        hint: Phrase.wouldReplaceHint.text)
    }
  }
}
