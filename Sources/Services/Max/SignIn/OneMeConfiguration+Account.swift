import Accounts
import Cryptography
import Domain
import OneMe
import Storage

extension OneMeConfiguration {
  /// What a login was made with is remembered; what this run was told beats it.
  ///
  /// - Parameters:
  ///   - device: nil for a new one.
  ///   - remembered: where the login was made; nil for one that is only being made.
  ///   - codec: `json` or `binary`, as the login was made; nil likewise.
  ///   - textRefusedAt: the address at which the text form was refused.
  init(
    device: String?, remembered: String?, codec: String? = nil, textRefusedAt: String? = nil,
    _ settings: HubSettings, random: any RandomSource
  ) {
    self.init(deviceId: device ?? random.uuid())
    url = settings[.max].url ?? remembered ?? url
    self.codec = (settings[.max].codec ?? codec).flatMap { .init(rawValue: $0) } ?? .automatic
    appVersion = settings[.max].clientVersion ?? appVersion
    certificateAuthorityFile = settings.certificateAuthorityFile
    requestTimeout = min(requestTimeout, settings.timeout)
    // Who names a form gets that one.
    guard settings[.max].codec == nil else { return }
    fallsBackToBinary = true
    if textRefusedAt == url { self = inBinary }
  }

  /// How the MAX account of this record is spoken to; of nil, how one would be.
  init(of account: AccountRecord?, _ settings: HubSettings, random: any RandomSource) {
    self.init(
      device: account?.deviceId, remembered: account?.url, codec: account?.settings.codec,
      textRefusedAt: account?.settings.textRefusedAt, settings, random: random)
  }
}
