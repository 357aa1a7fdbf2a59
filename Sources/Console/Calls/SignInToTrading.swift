import Cryptography
import Storage
import Trading
import Transport

/// Signs in to the trading server with an API key and its secret, after the server accepted them.
public struct SignInToTrading: DeskCall {
  var key: String
  var secret: Secret
  var dialect: String?

  /// - Parameter dialect: `doc` or `sdk`, whose words the server understands; nil is `doc`.
  public init(key: String, secret: Secret, dialect: String? = nil) {
    self.key = key
    self.secret = secret
    self.dialect = dialect
  }

  /// Emits the login once the server has accepted the key; until then an earlier one stays in use.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (LoginLine) async -> Void
  ) async throws(ConsoleError) {
    guard !key.isEmpty, !secret.revealed.isEmpty else {
      throw ConsoleError(
        .usage, code: "invalid-input", Phrase.keyAndSecretNeeded.text,
        hint: Phrase.keyAndSecretHint.text)
    }
    let account = AccountRecord(
      service: .trading, url: desk.settings.tradingURL ?? TradingConfiguration().url,
      identifier: key, displayName: mask(key), secret: secret,
      settings: AccountSettings(dialect: dialect), createdAt: desk.context.time.wallTime)
    // Keys that the server refuses must not replace those that work.
    let trial = TradingAccount(
      account, configuration: desk.tradingConfiguration(for: account),
      desk: desk.context.silent, isTrial: true)
    await trial.start()
    let link = await trial.settle(within: desk.settings.timeout)
    await trial.stop()
    switch link.lamp {
    case .stopped(let error): throw error
    case .online: break
    case .connecting, .waiting, .notSetUp: throw .noConnection(.trading)
    }
    try await desk.adopt(await trial.account)
    let adopted = try await desk.settledLink(of: .trading)
    await emit(
      LoginLine(service: .trading, state: adopted.lamp.word, account: adopted.account))
  }

  /// Enough of a key to tell it from another one.
  private func mask(_ key: String) -> String {
    key.count > 8 ? "\(key.prefix(4))…\(key.suffix(2))" : "\(key.prefix(2))…"
  }
}
