extension Phrase {
  // Why a message has not reached somebody. What stands in two phrases is what happened and what to
  // do about it.
  package static let notANumber: Phrase = "{} is not a telephone number"
  package static let notANumberHint: Phrase = "Write it like +14155550100"
  package static let numberUnregistered: Phrase = "Nobody is registered with this number"
  package static let numberUnregisteredHint: Phrase = "Check the number, or invite the contact"
  package static let relayTakesNoFiles: Phrase = "The relay takes no files"
  package static let relayTakesNoFilesHint: Phrase =
    "Send the text alone, or ask whoever runs the relay"
  package static let otherDevices: Phrase = "The contact's devices are others than was thought"
  package static let newInstallation: Phrase = "The contact has installed the program anew"
  package static let noSuchRelay: Phrase = "What answers is no TextSecure relay (HTTP {})"
  package static let relayRefused: Phrase = "The relay refused the request (HTTP {})"
  package static let checkRelayHint: Phrase = "Check the relay's address and version"
  package static let relayGuardedHint: Phrase =
    "The relay, or what stands before it, lets only some in: ask its operator"
  package static let answerUnreadable: Phrase = "The server's answer cannot be read: {}"
  package static let protocolChangedHint: Phrase =
    "The protocol may have changed: look for a new version"
  package static let answerTooLong: Phrase = "The answer has more than {} bytes"
  package static let nothingInTheClear: Phrase = "Nothing is sent to {} without encryption"
  package static let nothingInTheClearHint: Phrase =
    "Use wss:// or https://; plain text is for this machine alone"
  package static let systemReports: Phrase = "The system reports: {}"
  package static let tryLater: Phrase = "Try again later"
  package static let captchaHint: Phrase =
    "Open the captcha's link in a browser, or sign in by QR code"

  // What is wrong with an encrypted message.
  package static let flawMalformed: Phrase = "What came from the relay cannot be read: {}"
  package static let flawNotAuthentic: Phrase =
    "What came was changed on its way: its authentication code is wrong"
  package static let flawNotAuthenticHint: Phrase =
    "Ask for it to be sent again; if it happens often, register again"
  package static let flawTooLarge: Phrase = "This is larger than {} bytes"
  package static let flawTooLargeHint: Phrase = "Send less at once"
  package static let flawUnknown: Phrase = "The reason is not known"
  package static let flawDamaged: Phrase =
    "With this session, the message or key is damaged ({}). Ask for it to be sent again"
  package static let flawDamagedSession: Phrase =
    "With this session, the stored session with this device is damaged ({}). End it; the next message starts another"
  package static let flawOtherVersion: Phrase =
    "With this session, the message is of protocol version {}, only 2 can be read. The sender needs a TextSecure client that speaks version 2"
  package static let flawUnusableKey: Phrase =
    "With this session, the contact's key is not a safe one. Do not trust it; ask how it was made"
  package static let flawTooLong: Phrase =
    "With this session, the message has {} bytes, {} are allowed. Send it in parts or as an attachment"
  package static let flawNoSession: Phrase =
    "With this session, there is no secure session with this device. Send it a message to start one"
  package static let flawUnknownPreKey: Phrase =
    "With this session, the message was made for key {}, which is used up or was replaced. Ask for it to be sent again"
  package static let flawDuplicate: Phrase =
    "With this session, the message was already read. Nothing needs to be done"
  package static let flawTooFarAhead: Phrase =
    "With this session, {} messages before this one are missing, too many to catch up. End the session, then ask for them to be sent again"
  package static let flawForeign: Phrase =
    "With this session, the message fits no session: it was changed on its way, or a side has lost its keys. End the session, then ask for it to be sent again"
}
