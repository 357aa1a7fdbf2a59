/// The name of one remembered value.
public struct SettingKey: RawRepresentable, Sendable, Hashable {
  /// The name in the table.
  public let rawValue: String
  /// A key of this name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The kill switch: present while no new orders are allowed; its value says why.
  public static let halt = SettingKey(rawValue: "halt")
  /// What may be swapped from here, as JSON.
  public static let limits = SettingKey(rawValue: "limits")
  /// The asset in which the others are valued; absent stands for the usual one.
  public static let valueAsset = SettingKey(rawValue: "value-asset")
  /// Present while the bell is silenced.
  public static let silence = SettingKey(rawValue: "silence")
  /// Up to where the call history of MAX is known.
  public static let callCursor = SettingKey(rawValue: "max-call-cursor")
  /// When MAX was logged in to of late, by any process.
  static let logins = SettingKey(rawValue: "max-logins")
  /// What this profile calls itself at MAX, made before its first sign-in and kept.
  public static let maxDevice = SettingKey(rawValue: "max-device")
  /// The chat that had the focus when the console was left.
  public static let focusedChat = SettingKey(rawValue: "focused-chat")
  /// How a trading server wants to be spoken to by the holder of a key, as it was found out.
  ///
  /// - Parameter digest: of the server's address and the key, which is not to be read from here.
  public static func tradingManner(_ digest: String) -> SettingKey {
    SettingKey(rawValue: "trading-manner-" + digest)
  }
}
