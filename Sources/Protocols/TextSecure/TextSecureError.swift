import Axolotl
import Files
import Transport

/// Why something asked of a TextSecure relay, or a message of it, came to nothing.
public enum TextSecureError: Error, Sendable, Equatable {
  /// The connection failed or ended.
  case transport(TransportError)
  /// Not a number like +14155550100.
  case badNumber(String)
  /// The relay knows no such account or password (401).
  case badCredentials
  /// The verification code is not the right one (403).
  case wrongCode
  /// The number is registered at another relay of the federation (417).
  case registeredElsewhere
  /// Nobody with this number has registered, or its relay is not known (404).
  case unregistered
  /// The relay has this attachment no more (404).
  case attachmentGone
  /// The relay knows nothing of attachments, or lost the place for one (404).
  case noAttachments
  /// Too many requests (413 or 429), also after waiting.
  case rateLimited
  /// The relay cannot do it at the moment (503), also after waiting.
  case unavailable
  /// The messages were not for exactly the devices that the number has (409).
  case mismatchedDevices(missing: [UInt32], extra: [UInt32])
  /// These devices were installed anew since their sessions began (410).
  case staleDevices([UInt32])
  /// The devices kept changing while the message was being sent.
  case devicesKeepChanging
  /// Any other answer that is no success.
  case refused(status: Int)
  /// An answer or a message without the form it should have; the text names what is wrong.
  case malformed(String)
  /// The authentication code of an envelope or attachment does not fit.
  case notAuthentic
  /// The contact's identity key is not the one that is known.
  case untrustedIdentity(number: String, key: PublicKey)
  /// The session could not encrypt or decrypt.
  case session(AxolotlError)
  /// More than this many bytes.
  case tooLarge(limit: Int)
  /// A file could not be read or written.
  case file(FileError)
  /// What is kept could not be read or written; the text is the store's.
  case store(String)
  case cancelled
}

extension TextSecureError {
  /// What kept a file from being read or written.
  init(_ error: FileError) { self = error == .cancelled ? .cancelled : .file(error) }

  /// What happened, in one sentence. Parts of it may be the relay's own words: make control
  /// characters visible before it reaches a screen.
  public var message: String {
    switch self {
    case .transport(let error): error.message
    case .badNumber(let number): "\(number) is not a telephone number."
    case .badCredentials: "The relay does not know this account or its password."
    case .wrongCode: "This is not the code that the relay has sent."
    case .registeredElsewhere: "This number is registered at another relay."
    case .unregistered: "Nobody is registered with this number."
    case .attachmentGone: "The relay has this file no more."
    case .noAttachments: "The relay takes no files."
    case .rateLimited: "The relay has had too many requests."
    case .unavailable: "The relay cannot do this at the moment."
    case .mismatchedDevices: "The contact's devices are others than was thought."
    case .staleDevices: "The contact has installed the program anew."
    case .devicesKeepChanging: "The contact's devices changed with every attempt to send."
    case .refused(let status): TextSecureError.refusal(status)
    case .malformed(let flaw): "What came from the relay cannot be read: \(flaw)."
    case .notAuthentic: "What came was changed on its way: its authentication code is wrong."
    case .untrustedIdentity(let number, _): "The identity key of \(number) has changed."
    case .session(let error): "With this session, \(error)"
    case .tooLarge(let limit): "This is larger than \(limit) bytes."
    case .file(let error): "A file cannot be used: \(error)."
    case .store(let flaw): "The store cannot be used: \(flaw)."
    case .cancelled: "This was cancelled."
    }
  }

  /// What an HTTP status says that means nothing of its own to the request.
  private static func refusal(_ status: Int) -> String {
    switch status {
    case 404, 405: "What answers is no TextSecure relay (HTTP \(status))."
    case 500...: "The relay is out of order (HTTP \(status))."
    default: "The relay refused the request (HTTP \(status))."
    }
  }

  /// What to do about it; nil where there is nothing to do.
  public var hint: String? {
    switch self {
    case .transport(let error): error.hint
    case .badNumber: "Write it like +14155550100."
    case .badCredentials: "Register again."
    case .wrongCode: "Enter the code again, or ask for a new one."
    case .registeredElsewhere: "Use that relay, or enter the code again to move the number here."
    case .unregistered: "Check the number, or invite the contact."
    case .attachmentGone: "Ask for it to be sent again."
    case .noAttachments: "Send the text alone, or ask whoever runs the relay."
    case .rateLimited: "Wait a while; trying on makes it longer."
    case .unavailable, .mismatchedDevices, .staleDevices, .devicesKeepChanging: "Try again later."
    case .refused(status: 401), .refused(status: 403):
      "The relay, or what stands before it, lets only some in: ask its operator."
    case .refused(let status) where status >= 500: "Try again later."
    case .refused, .malformed: "Check the relay's address and version."
    case .notAuthentic: "Ask for it to be sent again; if it happens often, register again."
    case .untrustedIdentity:
      "Compare fingerprints with the contact, then accept the new key: "
        + "either the contact has a new installation, or somebody listens."
    case .session: nil
    case .tooLarge: "Send less at once."
    case .file: "Check the folder's permissions and free space."
    case .store: "Check the disk's free space."
    case .cancelled: nil
    }
  }

  /// Whether only a person can help.
  public var needsPerson: Bool {
    switch self {
    case .badCredentials, .registeredElsewhere, .untrustedIdentity, .badNumber,
      .transport(.badAddress), .transport(.insecure):
      true
    default: false
    }
  }
}
