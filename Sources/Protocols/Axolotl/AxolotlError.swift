/// Why a message or a session could not be used. Nothing has changed when one is thrown.
public enum AxolotlError: Error, Sendable, Equatable {
  /// Bytes that do not have the form they should; the text names what is wrong with them.
  case malformed(String)
  /// A stored session that cannot be read; the text names what is wrong with it.
  case damagedSession(String)
  /// A message of another protocol version than 2.
  case unsupportedVersion(Int)
  /// A public key with which no secret can be agreed.
  case unusableKey
  /// A plaintext of more than ``WhisperMessage/maximumPlaintext`` bytes.
  case tooLong(Int)
  /// There is no session yet, or no longer.
  case noSession
  /// A message to a prekey that was used, or replaced, or never ours.
  case unknownPreKey(UInt32)
  /// This message was decrypted before.
  case duplicate
  /// More than ``ReceiverChain/maximumSkipped`` messages before this one are missing.
  case tooFarAhead(Int)
  /// The message authentication code does not fit: changed bytes, or another session's message.
  case notAuthentic
}

extension AxolotlError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let flaw):
      "the message or key is damaged (\(flaw)). Ask for it to be sent again."
    case .damagedSession(let flaw):
      "the stored session with this device is damaged (\(flaw)). "
        + "End it; the next message starts another."
    case .unsupportedVersion(let version):
      "the message is of protocol version \(version), only 2 can be read. "
        + "The sender needs a TextSecure client that speaks version 2."
    case .unusableKey:
      "the contact's key is not a safe one. Do not trust it; ask how it was made."
    case .tooLong(let count):
      "the message has \(count) bytes, \(WhisperMessage.maximumPlaintext) are allowed. "
        + "Send it in parts or as an attachment."
    case .noSession:
      "there is no secure session with this device. Send it a message to start one."
    case .unknownPreKey(let id):
      "the message was made for key \(id), which is used up or was replaced. "
        + "Ask for it to be sent again."
    case .duplicate:
      "the message was already read. Nothing needs to be done."
    case .tooFarAhead(let count):
      "\(count) messages before this one are missing, too many to catch up. "
        + "End the session, then ask for them to be sent again."
    case .notAuthentic:
      "the message fits no session: it was changed on its way, or a side has lost its keys. "
        + "End the session, then ask for it to be sent again."
    }
  }
}
