/// What a frame is about (seed 000; MAX protocol notes §3.1).
///
/// A number rather than an enumeration: servers send many that this client has no use for.
public struct Opcode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The number on the wire.
  public let rawValue: Int

  /// Any number will do.
  public init(rawValue: Int) { self.rawValue = rawValue }
  private init(_ rawValue: Int) { self.rawValue = rawValue }

  /// Asked by either side, to keep the line alive.
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
  /// Asks for people by their ids.
  public static let contacts = Opcode(32)
  /// Asks for a page of a chat.
  public static let history = Opcode(49)
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
  /// Tells that somebody is calling.
  public static let incomingCall = Opcode(137)
  /// Tells that messages are gone.
  public static let messagesDeleted = Opcode(142)
  /// Tells of reactions to a message.
  public static let reactions = Opcode(155)
  /// Asks for a token of the Calls API.
  public static let callToken = Opcode(158)
  /// Declines a call that rings, or ends one.
  public static let hangUp = Opcode(167)

  public var description: String { String(rawValue) }
}
