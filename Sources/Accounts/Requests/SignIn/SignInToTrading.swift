import Cryptography
import Domain
import Phrases
import Storage
import Trading
import Transport

/// Signs in to the trading server with an API key and its secret, after the server accepted them.
package struct SignInToTrading: DeskCall {
  package var key: String
  package var secret: Secret
  package var dialect: String?
  package var keyOrder: String?
  package var replace: Bool

  /// What `dialect` says to have it found out.
  package static let probe = "probe"

  /// Whether `dialect` is one that can be asked for.
  package static func takes(dialect: String?) -> Bool {
    guard let dialect else { return true }
    return dialect == probe || Dialect(rawValue: dialect) != nil
  }

  /// - Parameters:
  ///   - dialect: `doc`, `sdk` or a mixture of them, in which alone the server is spoken to; nil finds
  ///     it out, beginning with what was found out before, and `probe` finds it out from scratch.
  ///   - keyOrder: `sorted` or `documented`; nil likewise.
  ///   - replace: whether the login of another key may be erased.
  package init(
    key: String, secret: Secret, dialect: String? = nil, keyOrder: String? = nil,
    replace: Bool = false
  ) {
    self.key = key
    self.secret = secret
    self.dialect = dialect
    self.keyOrder = keyOrder
    self.replace = replace
  }

  /// Emits the login once the server has accepted the key; until then an earlier one stays in use.
  /// Throws `wouldReplace` where it would erase that one unasked.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (LoginLine) async -> Void
  ) async throws(ConsoleError) {
    guard !key.isEmpty, !secret.revealed.isEmpty else {
      throw ConsoleError(
        .usage, code: "invalid-input", Phrase.keyAndSecretNeeded.text,
        hint: Phrase.keyAndSecretHint.text)
    }
    var account = AccountRecord(
      service: .trading, url: desk.settings.tradingURL ?? TradingConfiguration().url,
      identifier: key, displayName: mask(key), secret: secret,
      createdAt: desk.context.time.wallTime)
    account.settings = try await manner(for: account, on: desk)
    // Keys that the server refuses must not replace those that work.
    let trial = TradingAccount(
      account, configuration: TradingConfiguration(for: account, desk.settings),
      desk: desk.context.silent, isTrial: true)
    await trial.start()
    let link = await trial.settle(within: desk.patience)
    await trial.stop()
    switch link.state {
    case .stopped(let error): throw error
    case .online: break
    case .connecting, .waiting, .notSetUp: throw .noConnection(.trading, because: link.cause)
    }
    let proven = await trial.account
    try await desk.adopt(proven, replacing: replace)
    try await desk.reading { store in try await store.rememberManner(of: proven) }
    let adopted = try await desk.settledLink(of: .trading)
    await emit(
      LoginLine(
        service: .trading, state: adopted.state.word, account: adopted.account,
        dialect: proven.settings.dialect, keyOrder: proven.settings.keyOrder))
  }

  /// As it was told; where it was not, as the server shows that it wants it.
  private func manner(
    for account: AccountRecord, on desk: Desk
  ) async throws(ConsoleError) -> AccountSettings {
    let isFromScratch = dialect == SignInToTrading.probe
    let told = isFromScratch ? nil : dialect
    let known = isFromScratch ? nil : try await desk.rememberedManner(of: account)
    var settings = AccountSettings(
      dialect: told ?? known?.dialect ?? Dialect.doc.rawValue,
      keyOrder: keyOrder ?? known?.keyOrder ?? KeyOrder.sorted.rawValue)
    guard told == nil else { return settings }
    var trial = account
    trial.settings = settings
    let probe = DialectProbe(
      configuration: TradingConfiguration(for: trial, desk.settings),
      credentials: TradingCredentials(key: Secret(key), secret: secret),
      network: desk.context.network, time: desk.context.time, random: desk.context.random)
    do throws(TradingError) {
      let found = try await probe.run(within: desk.patience)
      settings.dialect = found.dialect.rawValue
      settings.keyOrder = found.keyOrder.rawValue
      return settings
    } catch {
      throw error == .notReady ? .noConnection(.trading) : ConsoleError(error)
    }
  }

  /// Enough of a key to tell it from another one.
  private func mask(_ key: String) -> String {
    key.count > 8 ? "\(key.prefix(4))…\(key.suffix(2))" : "\(key.prefix(2))…"
  }
}

extension Desk {
  /// How the server of this address wants to be spoken to with this key, if that was found out.
  fileprivate func rememberedManner(
    of account: AccountRecord
  ) async throws(ConsoleError) -> AccountSettings? {
    let text = try await reading { store in try await store.settings.value(account.mannerKey) }
    let words = text?.split(separator: " ").map(String.init) ?? []
    guard words.count == 2 else { return nil }
    return AccountSettings(dialect: words[0], keyOrder: words[1])
  }
}

extension Store {
  /// Remembers how the account's server wants to be spoken to, over a sign-out too.
  func rememberManner(of account: AccountRecord) async throws {
    let settings = account.settings
    let words = [settings.dialect ?? "doc", settings.keyOrder ?? "sorted"].joined(separator: " ")
    try await self.settings.set(account.mannerKey, words)
  }
}

extension AccountRecord {
  fileprivate var mannerKey: SettingKey {
    let digest = Digest.sha256.hash("\(url) \(identifier)".utf8)
    return .tradingManner(Hexadecimal.encode(digest.prefix(16)))
  }
}
