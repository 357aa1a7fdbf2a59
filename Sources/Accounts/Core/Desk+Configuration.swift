import OneMe
import Storage
import TextSecure
import Trading

extension Desk {
  /// What a login was made with is remembered; what this run was told beats it.
  ///
  /// - Parameters:
  ///   - device: nil for a new one.
  ///   - remembered: where the login was made; nil for one that is only being made.
  ///   - codec: `json` or `binary`, as the login was made; nil likewise.
  ///   - textRefusedAt: the address at which the text form was refused.
  nonisolated func messengerConfiguration(
    device: String?, remembered: String?, codec: String? = nil, textRefusedAt: String? = nil
  ) -> OneMeConfiguration {
    var configuration = OneMeConfiguration(deviceId: device ?? context.random.uuid())
    configuration.url = settings.maxURL ?? remembered ?? configuration.url
    configuration.codec = (settings.maxCodec ?? codec).flatMap { .init(rawValue: $0) } ?? .automatic
    configuration.appVersion = settings.maxAppVersion ?? configuration.appVersion
    configuration.certificateAuthorityFile = settings.certificateAuthorityFile
    configuration.requestTimeout = min(configuration.requestTimeout, settings.timeout)
    // Who names a form gets that one.
    guard settings.maxCodec == nil else { return configuration }
    configuration.fallsBackToBinary = true
    return textRefusedAt == configuration.url ? configuration.inBinary : configuration
  }

  /// How the MAX account of this record is spoken to; of nil, how one would be.
  nonisolated func messengerConfiguration(of account: AccountRecord?) -> OneMeConfiguration {
    messengerConfiguration(
      device: account?.deviceId, remembered: account?.url, codec: account?.settings.codec,
      textRefusedAt: account?.settings.textRefusedAt)
  }

  package nonisolated func relayConfiguration(_ url: String) -> RelayConfiguration {
    var configuration = RelayConfiguration(url: url)
    configuration.certificateAuthorityFile = settings.certificateAuthorityFile
    configuration.timeout = min(configuration.timeout, settings.timeout)
    return configuration
  }

  nonisolated func tradingConfiguration(for account: AccountRecord) -> TradingConfiguration {
    var configuration = TradingConfiguration()
    configuration.url = settings.tradingURL ?? account.url
    configuration.certificateAuthorityFile = settings.certificateAuthorityFile
    configuration.timeouts.authentication = min(
      configuration.timeouts.authentication, settings.timeout)
    configuration.timeouts.reply = min(configuration.timeouts.reply, settings.timeout)
    configuration.recorder = settings.tradingRecorder
    configuration.marksLanes = settings.isReplay
    configuration.dialect = account.settings.dialect.flatMap(Dialect.init) ?? .doc
    configuration.keyOrder = account.settings.keyOrder.flatMap(KeyOrder.init) ?? .sorted
    return configuration
  }
}
