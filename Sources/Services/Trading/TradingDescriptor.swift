import Accounts
import Domain
import Storage
import Trading

extension Service {
  package static let trading = Service("trading", title: .serviceTrading)
}

extension ServiceDescriptor {
  /// TheOne Trading.
  package static let trading = trading()

  /// TheOne Trading, watched.
  ///
  /// - Parameters:
  ///   - recorder: where everything that is said to and by the server is written down; nil for nowhere.
  ///   - isReplay: whether the server plays a recording.
  package static func trading(
    recorder: (any TradingRecorder)? = nil, isReplay: Bool = false
  ) -> ServiceDescriptor {
    ServiceDescriptor(
      .trading,
      words: Words(
        explanation: .tradingExplanation, signOutLoses: .signOutOfTradingLoses,
        signIn: .tradingSignIn, server: .tradingServer),
      capabilities: [.exchange], hasPublicServer: true, keeps: [.balances],
      server: { account, settings, _ in
        Server(
          url: settings[.trading].url ?? account?.url ?? TradingConfiguration().url,
          dialect: account?.settings.dialect ?? Dialect.doc.rawValue)
      },
      signInGuide: { _ in .trading },
      makeSignIn: { TradingSignIn(on: $0) },
      make: { (account, hub) async throws(UserError) in
        var configuration = TradingConfiguration(for: account, hub.settings)
        // It is kept because a login with it has worked.
        configuration.hasWorked = true
        configuration.recorder = recorder ?? hub.settings.recorder.map(RecordedLines.init)
        configuration.marksPurposes = isReplay
        return TradingAccount(
          account, configuration: configuration, environment: hub.environment,
          settings: hub.settings)
      })
  }
}

extension TradingConfiguration {
  /// What a login was made with is remembered; what this run was told beats it.
  init(for account: AccountRecord, _ settings: HubSettings) {
    self.init()
    url = settings[.trading].url ?? account.url
    certificateAuthorityFile = settings.certificateAuthorityFile
    timeouts.authentication = min(timeouts.authentication, settings.timeout)
    timeouts.reply = min(timeouts.reply, settings.timeout)
    dialect = account.settings.dialect.flatMap(Dialect.init) ?? .doc
    keyOrder = account.settings.keyOrder.flatMap(KeyOrder.init) ?? .sorted
  }
}

/// A recording of lines, a frame in each.
private struct RecordedLines: TradingRecorder {
  let lines: any FrameRecorder

  func record(_ frame: RecordedFrame) { lines.record(frame.jsonLine) }

  func takeFailure() -> String? { lines.takeFailure() }
}
