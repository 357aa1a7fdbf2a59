/// The name of one remembered value.
package struct SettingKey: RawRepresentable, Sendable, Hashable {
  /// The name in the table.
  package let rawValue: String
  /// A key of this name.
  package init(rawValue: String) { self.rawValue = rawValue }

  /// The kill switch: present while no new orders are allowed; its value says why.
  package static let halt = SettingKey(rawValue: "halt")
  /// What may be swapped from here, as JSON.
  package static let limits = SettingKey(rawValue: "limits")
  /// The asset in which the others are valued; absent stands for the usual one.
  package static let valueAsset = SettingKey(rawValue: "value-asset")
  /// Present while the bell is silenced.
  package static let silence = SettingKey(rawValue: "silence")
  /// Up to where the call history of MAX is known.
  package static let callCursor = SettingKey(rawValue: "max-call-cursor")
  /// When MAX was logged in to of late, by any process.
  package static let logins = SettingKey(rawValue: "max-logins")
  /// What this profile calls itself at MAX, made before its first sign-in and kept.
  package static let maxDevice = SettingKey(rawValue: "max-device")
  /// The chat that had the focus when the console was left.
  package static let focusedChat = SettingKey(rawValue: "focused-chat")
  /// How a trading server wants to be spoken to by the holder of a key, as it was found out.
  ///
  /// - Parameter digest: of the server's address and the key, which is not to be read from here.
  package static func tradingManner(_ digest: String) -> SettingKey {
    SettingKey(rawValue: "trading-manner-" + digest)
  }
}
