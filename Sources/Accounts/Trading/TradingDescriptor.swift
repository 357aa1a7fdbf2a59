import Domain
import Storage
import Trading

extension ServiceDescriptor {
  /// TheOne Trading.
  static let trading = ServiceDescriptor(
    service: .trading,
    words: Words(explanation: .tradingExplanation, signOutLoses: .signOutOfTradingLoses),
    capabilities: [.exchange], hasPublicServer: true, endsFirst: false, tellsOfSignOut: false,
    attachmentLimit: nil, takesEmptyFiles: false, filesInOutbox: { _ in [] },
    server: { account, settings, _ in
      Server(
        url: settings.tradingURL ?? account?.url ?? TradingConfiguration().url,
        dialect: account?.settings.dialect ?? Dialect.doc.rawValue)
    },
    make: { (account, desk) async throws(ConsoleError) in
      var configuration = TradingConfiguration(for: account, desk.settings)
      // It is kept because a login with it has worked.
      configuration.hasWorked = true
      return TradingAccount(
        account, configuration: configuration, desk: desk.context, settings: desk.settings)
    })
}

extension TradingConfiguration {
  /// What a login was made with is remembered; what this run was told beats it.
  init(for account: AccountRecord, _ settings: DeskSettings) {
    self.init()
    url = settings.tradingURL ?? account.url
    certificateAuthorityFile = settings.certificateAuthorityFile
    timeouts.authentication = min(timeouts.authentication, settings.timeout)
    timeouts.reply = min(timeouts.reply, settings.timeout)
    recorder = settings.tradingRecorder
    marksLanes = settings.isReplay
    dialect = account.settings.dialect.flatMap(Dialect.init) ?? .doc
    keyOrder = account.settings.keyOrder.flatMap(KeyOrder.init) ?? .sorted
  }
}
