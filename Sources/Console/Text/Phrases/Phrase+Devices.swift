extension Phrase {
  // Devices.
  public static let devicesTitle: Phrase = "DEVICES AND ACCOUNTS"
  public static let devicesHeading: Phrase = "MAX is signed in on"
  public static let accountsHeading: Phrase = "Accounts here"
  public static let thisDevice: Phrase = "this one"
  public static let deviceSeen: Phrase = "seen {}"
  public static let askingForDevices: Phrase = "Asking MAX…"
  public static let closingDevices: Phrase = "Signing the others out…"
  public static let noOtherDevice: Phrase = "No other device is signed in."
  public static let callUnreadable: Phrase = "The call's configuration could not be read: {}."
  public static let logoutUnconfirmed: Phrase = "The server was not told that you signed out"
  public static let logoutHint: Phrase = "Close this session in the MAX app on your phone"
}
