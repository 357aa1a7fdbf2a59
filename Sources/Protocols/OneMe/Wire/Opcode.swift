/// What a frame is about (seed 000; MAX protocol notes §3.1).
///
/// A number rather than an enumeration: servers send many that this client has no use for.
public struct Opcode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The number on the wire.
  public let rawValue: Int

  /// Any number will do.
  public init(rawValue: Int) { self.rawValue = rawValue }
  private init(_ rawValue: Int) { self.rawValue = rawValue }

  /// Asked by either side, to keep the connection alive.
  public static let ping = Opcode(1)
  /// The server names another host.
  public static let redirect = Opcode(3)
  /// The greeting that opens every connection.
  public static let hello = Opcode(6)
  /// Asks for a code by text message.
  public static let requestCode = Opcode(17)
  /// Hands in the code.
  public static let enterCode = Opcode(18)
  /// Logs in with a token; the answer brings chats and contacts.
  public static let logIn = Opcode(19)
  /// Ends the session; as a push, the server has ended it.
  public static let logOut = Opcode(20)
  /// Changes settings, such as which chats are mute.
  public static let changeSettings = Opcode(22)
  /// Asks for people by their ids.
  public static let contacts = Opcode(32)
  /// Asks who is there.
  public static let askPresence = Opcode(35)
  /// Asks for a person by phone number.
  public static let contactByPhone = Opcode(46)
  /// Asks for chats by their ids.
  public static let chatInfo = Opcode(48)
  /// Asks for a page of a chat.
  public static let history = Opcode(49)
  /// Says how far a chat was read.
  public static let markRead = Opcode(50)
  /// Asks for a page of the list of chats.
  public static let chats = Opcode(53)
  /// Sends a message.
  public static let send = Opcode(64)
  /// Tells that a message is being written.
  public static let sendTyping = Opcode(65)
  /// Deletes messages.
  public static let delete = Opcode(66)
  /// Changes a message.
  public static let edit = Opcode(67)
  /// Asks for messages by their ids.
  public static let messages = Opcode(71)
  /// Asks for messages by their words.
  public static let search = Opcode(73)
  /// Says whether a chat is open on the screen.
  public static let subscribe = Opcode(75)
  /// Asks where a photo may be uploaded.
  public static let uploadPhoto = Opcode(80)
  /// Asks where a video can be had.
  public static let videoAddress = Opcode(83)
  /// Asks where a file may be uploaded.
  public static let uploadFile = Opcode(87)
  /// Asks where a file can be had.
  public static let fileAddress = Opcode(88)
  /// Asks for the devices that are signed in.
  public static let sessions = Opcode(96)
  /// Signs all other devices out.
  public static let closeSessions = Opcode(97)
  /// Hands in the account's password.
  public static let enterPassword = Opcode(115)
  /// Tells of a message that is new, edited or removed.
  public static let message = Opcode(128)
  /// Tells that somebody is writing.
  public static let typing = Opcode(129)
  /// Tells how far somebody has read.
  public static let mark = Opcode(130)
  /// Tells that a person has changed.
  public static let contact = Opcode(131)
  /// Tells whether somebody is there.
  public static let presence = Opcode(132)
  /// Tells of settings changed on another device.
  public static let settings = Opcode(134)
  /// Tells that a chat has changed.
  public static let chat = Opcode(135)
  /// Tells that an upload was processed.
  public static let uploadReady = Opcode(136)
  /// Tells that somebody is calling.
  public static let incomingCall = Opcode(137)
  /// Tells that all messages of a time are gone.
  public static let rangeDeleted = Opcode(140)
  /// Tells that messages are gone.
  public static let messagesDeleted = Opcode(142)
  /// Tells of a draft written on another device.
  public static let draft = Opcode(152)
  /// Tells of a draft thrown away on another device.
  public static let draftDiscarded = Opcode(153)
  /// Tells of a message that is to be sent later.
  public static let delayedMessage = Opcode(154)
  /// Tells of reactions to a message.
  public static let reactions = Opcode(155)
  /// Tells of the account's own reaction, from another device.
  public static let ownReaction = Opcode(156)
  /// Asks for a token of the Calls API.
  public static let callToken = Opcode(158)
  /// Tells that the account has changed.
  public static let profile = Opcode(159)
  /// Asks for the log of calls.
  public static let callHistory = Opcode(163)
  /// Tells that the log of calls has changed.
  public static let callHistoryChanged = Opcode(165)
  /// Declines a call that rings, or ends one.
  public static let hangUp = Opcode(167)
  /// Keeps a draft for other devices.
  public static let saveDraft = Opcode(176)
  /// Throws a draft away.
  public static let discardDraft = Opcode(177)
  /// Reacts to a message.
  public static let react = Opcode(178)
  /// Takes a reaction back.
  public static let cancelReaction = Opcode(179)
  /// Asks for the reactions to messages.
  public static let askReactions = Opcode(180)
  /// Asks who reacted to a message.
  public static let whoReacted = Opcode(181)
  /// Asks for the address of a captcha.
  public static let captcha = Opcode(224)
  /// Asks for a QR code to sign in by.
  public static let requestQR = Opcode(288)
  /// Asks whether the QR code was scanned and accepted.
  public static let qrStatus = Opcode(289)
  /// Takes the login that was granted by QR code.
  public static let signInByQR = Opcode(291)

  public var description: String { String(rawValue) }
}
