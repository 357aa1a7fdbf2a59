import Accounts
import Cryptography
import Domain
import Files
import FoundationEssentials
import Phrases

extension Subcommand {
  static let loginTrading = Subcommand(
    path: ["login", "trading"], summary: "sign in to TheOne with an API key and its secret",
    options: [
      .value("key", "KEY", "the API key"),
      .file("secret-file", "read the secret from this file instead of asking for it"),
      .choice(
        "dialect", ["doc", "sdk", "probe"],
        "speak as the document or the vendor's libraries say (default: what the server takes)"),
      .choice(
        "key-order", ["sorted", "documented"], "of the fields in what is signed (default: sorted)"),
      .replace,
    ]
  ) { invocation throws(ConsoleError) in
    let arguments = invocation.arguments
    let dialect = arguments["dialect"]
    guard SignInToTrading.takes(dialect: dialect) else {
      throw .usage(
        "--dialect is doc, sdk, probe or, for a bit of both, sdk-key, sdk-names, sdk-empty or two of "
          + "them with a “+” between")
    }
    let order = arguments["key-order"]
    guard order == nil || ["sorted", "documented"].contains(order) else {
      throw .usage("--key-order is sorted or documented")
    }
    let key = try invocation.value("key", else: .keyLabel)
    let secret = try invocation.tradingSecret()
    try await invocation.withAccounts(pace: .call) { accounts throws(ConsoleError) in
      let lines = try await invocation.replacing { mayReplace throws(ConsoleError) in
        try await accounts.lines(
          of: SignInToTrading(
            key: key, secret: secret, dialect: dialect, keyOrder: order, replace: mayReplace))
      }
      for line in lines { invocation.show(line) }
    }
  }

  static let loginTextSecure = Subcommand(
    path: ["login", "textsecure"],
    summary: "register a number with a TextSecure relay; the code comes by SMS",
    options: [
      .value("number", "+1…", "the number that the code is sent to"),
      .flag("voice", "have the code told in a call"),
      .replace,
    ]
  ) { invocation throws(ConsoleError) in
    let prompt = invocation.prompt
    let number = try invocation.value("number", else: .numberLabel)
    let voice = invocation.arguments.has("voice")
    try await invocation.withAccounts(pace: .call) { accounts throws(ConsoleError) in
      let url = invocation.settings["textsecure-url"]
      _ = try await invocation.replacing { mayReplace throws(ConsoleError) in
        try await accounts.lines(
          of: SignInToTextSecure(number: number, voice: voice, url: url, replace: mayReplace))
      }
      let code = try prompt.ask(Phrase.codeLabel.text)
      let line = try await accounts.lines(of: EnterTextSecureCode(code: code)).first
      if let login = line?.login { invocation.show(login) }
    }
  }

  static let logout = Subcommand(
    path: ["logout"], operands: "max|trading|textsecure",
    operandValues: [.oneOf(["max", "trading", "textsecure"])], operandCount: 1...1,
    summary: "sign out and forget what the service sent; orders and their journal stay"
  ) { invocation throws(ConsoleError) in
    let service = try invocation.service(invocation.arguments.operands[0])
    try await invocation.withAccounts { accounts throws(ConsoleError) in
      _ = try await accounts.lines(of: SignOut(service: service))
      let line = LoginLine(service: service, state: "signed-out", account: nil)
      invocation.output.line(line, "signed out of \(service.title)")
    }
  }
}

extension Invocation {
  /// The value of an option, or the answer to a question.
  func value(
    _ option: String, else question: Phrase
  ) throws(ConsoleError) -> String {
    if let value = arguments[option] { return value }
    return try prompt.ask(question.text)
  }

  func show(_ login: LoginLine) {
    output.line(
      login,
      "\(login.service.title): \(login.state) as \(harmless(login.account ?? "somebody"))"
        + (login.codec.map { ", in the \($0) form" } ?? "")
        + (login.dialect.map { ", spoken to as \($0), keys \(login.keyOrder ?? "sorted")" } ?? ""))
  }

  /// From a file, the environment or a question; never from the command line, which others see.
  fileprivate func tradingSecret() throws(ConsoleError) -> Secret {
    if let path = arguments["secret-file"] {
      let text: String
      do throws(FileError) {
        text = try NamedStream.text(of: path)
      } catch {
        throw .usage("the secret's file \(path) cannot be read: \(error.reason)")
      }
      // Editors end a file with a line break; nothing else is taken off.
      return Secret(text.last?.isNewline == true ? String(text.dropLast()) : text)
    }
    if let secret = environment["TERCET_TRADING_SECRET"], !secret.isEmpty {
      return Secret(secret)
    }
    return Secret(try prompt.askSecretly(Phrase.secretLabel.text))
  }
}
