extension Phrase {
  // Devices.
  package static let devicesTitle: Phrase = "DEVICES AND ACCOUNTS"
  package static let devicesHeading: Phrase = "MAX is signed in on"
  package static let accountsHeading: Phrase = "Accounts here"
  package static let thisDevice: Phrase = "this one"
  package static let deviceSeen: Phrase = "seen {}"
  package static let askingForDevices: Phrase = "Asking MAX…"
  package static let closingDevices: Phrase = "Signing the others out…"
  package static let noOtherDevice: Phrase = "No other device is signed in."
  package static let callUnreadable: Phrase = "The call's configuration could not be read: {}."
  package static let logoutUnconfirmed: Phrase = "The server was not told that you signed out"
  package static let logoutHint: Phrase = "Close this session in the MAX app on your phone"
}
