import Accounts
import Cryptography
import Database
import Domain
import Phrases
import Storage
import Trading
import Transport

/// Signing in to the trading server with an API key and its secret, after the server accepted them;
/// until then an earlier account stays in use.
actor TradingSignIn: SignInSession {
  /// What the dialect's answer says to have it found out.
  static let probe = "probe"

  private let hub: AccountHub

  init(on hub: AccountHub) { self.hub = hub }

  /// The answers `dialect` and `key-order` hold in which form alone the server is spoken to; without
  /// them it is found out, beginning with what was found out before, and `probe` begins from scratch.
  func begin(
    _ answers: SignInAnswers, showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInStep {
    let key = answers["key"]
    guard !key.isEmpty, let secret = answers.secret("secret"), !secret.revealed.isEmpty else {
      throw UserError(
        .usage, code: "invalid-input", Phrase.keyAndSecretNeeded.text,
        hint: Phrase.keyAndSecretHint.text)
    }
    let dialect = answers.secret("dialect")?.revealed
    guard TradingSignIn.takes(dialect: dialect) else {
      throw UserError(
        .usage, code: "usage", Phrase.badDialect.text, hint: Phrase.badDialectHint.text)
    }
    var account = AccountRecord(
      service: .trading, url: hub.settings[.trading].url ?? TradingConfiguration().url,
      identifier: key, displayName: mask(key), secret: secret,
      createdAt: hub.environment.time.wallTime)
    account.settings = try await form(
      for: account, dialect: dialect, keyOrder: answers.secret("key-order")?.revealed)
    // Keys that the server refuses must not replace those that work.
    let trial = TradingAccount(
      account, configuration: TradingConfiguration(for: account, hub.settings),
      environment: hub.environment.silent, isTrial: true)
    await trial.start()
    let link = await trial.settle(within: hub.timeout)
    await trial.stop()
    switch link.state {
    case .stopped(let error): throw error
    case .online: break
    case .connecting, .waiting, .notSetUp: throw .noConnection(.trading, because: link.cause)
    }
    let proven = await trial.account
    return .done(
      NewAccount(proven) { store throws(DatabaseError) in
        try await store.accounts.save(proven)
        try await store.rememberForm(of: proven)
      })
  }

  /// Whether a dialect is one that can be asked for.
  private static func takes(dialect: String?) -> Bool {
    guard let dialect else { return true }
    return dialect == probe || Dialect(rawValue: dialect) != nil
  }

  /// How the server is to be spoken to: as it was told; where it was not, as the server shows that it
  /// wants it.
  private func form(
    for account: AccountRecord, dialect: String?, keyOrder: String?
  ) async throws(UserError) -> AccountSettings {
    let isFromScratch = dialect == TradingSignIn.probe
    let told = isFromScratch ? nil : dialect
    let known = isFromScratch ? nil : try await rememberedForm(of: account)
    var settings = AccountSettings(
      dialect: told ?? known?.dialect ?? Dialect.doc.rawValue,
      keyOrder: keyOrder ?? known?.keyOrder ?? KeyOrder.sorted.rawValue)
    guard told == nil else { return settings }
    var trial = account
    trial.settings = settings
    let probe = DialectProbe(
      configuration: TradingConfiguration(for: trial, hub.settings),
      credentials: TradingCredentials(key: Secret(account.identifier), secret: account.secret),
      network: hub.environment.network, time: hub.environment.time, random: hub.environment.random)
    do throws(TradingError) {
      let found = try await probe.run(within: hub.timeout)
      settings.dialect = found.dialect.rawValue
      settings.keyOrder = found.keyOrder.rawValue
      return settings
    } catch {
      throw error == .notReady ? .noConnection(.trading) : UserError(error)
    }
  }

  /// How the server of this address wants to be spoken to with this key, if that was found out.
  private func rememberedForm(
    of account: AccountRecord
  ) async throws(UserError) -> AccountSettings? {
    let text = try await hub.withStore { store in
      try await store.settings.value(account.formKey)
    }
    let words = text?.split(separator: " ").map(String.init) ?? []
    guard words.count == 2 else { return nil }
    return AccountSettings(dialect: words[0], keyOrder: words[1])
  }

  /// Enough of a key to tell it from another one.
  private func mask(_ key: String) -> String {
    key.count > 8 ? "\(key.prefix(4))…\(key.suffix(2))" : "\(key.prefix(2))…"
  }
}

extension Store {
  /// Remembers how the account's server wants to be spoken to, over a sign-out too.
  func rememberForm(of account: AccountRecord) async throws(DatabaseError) {
    let settings = account.settings
    let words = [settings.dialect ?? "doc", settings.keyOrder ?? "sorted"].joined(separator: " ")
    try await self.settings.set(account.formKey, words)
  }
}

extension AccountRecord {
  fileprivate var formKey: SettingKey {
    let digest = Digest.sha256.hash("\(url) \(identifier)".utf8)
    return .tradingManner(Hexadecimal.encode(digest.prefix(16)))
  }
}

extension SignInGuide {
  /// How one signs in to TheOne.
  static let trading = SignInGuide([
    SignInWay(
      name: "key", label: .keyLabel, title: .tradingTitle, introduction: [.tradingIntroduction],
      questions: [
        .init("key", .keyLabel, summary: "the API key"),
        .init("secret", .secretLabel, .secret),
        .init(
          "dialect", .dialectLabel, .word(["doc", "sdk", "probe"]),
          summary:
            "speak as the document or the vendor's libraries say (default: what the server takes)"
        ),
        .init(
          "key-order", .keyOrderLabel, .word(["sorted", "documented"]),
          summary: "of the fields in what is signed (default: sorted)"),
      ], progress: .checkingKey)
  ])
}
