import JSON

/// Somebody is calling (seed 000, WaitForIncomingCall).
///
/// The caller's name is not in it: look `callerId` up among the contacts.
public struct IncomingCall: Sendable, Equatable {
  /// Whether the caller wants to be seen.
  public enum Kind: Sendable, Equatable { case audio, video }

  /// The server's id of the call.
  public var conversationId: String
  /// The caller's MAX user id, of the same numbering as contacts.
  public var callerId: Int64
  /// What sort of call it is.
  public var kind: Kind
  /// The group in which the call takes place; nil for a call between two.
  public var chatId: Int64?
  /// Whether the caller stands in the account's address book, if the server said so.
  public var isContact: Bool?
  /// The decoded `vcp`, or why it could not be decoded: the phone rings either way.
  public var configuration: Result<CallConfiguration, VCPError>

  /// A call with these fields.
  public init(
    conversationId: String, callerId: Int64, kind: Kind, chatId: Int64? = nil,
    isContact: Bool? = nil, configuration: Result<CallConfiguration, VCPError>
  ) {
    self.conversationId = conversationId
    self.callerId = callerId
    self.kind = kind
    self.chatId = chatId
    self.isContact = isContact
    self.configuration = configuration
  }
}

extension IncomingCall: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    conversationId = try object.requiredName("conversationId")
    callerId = try object.requiredNumber("callerId")
    chatId = object.number("chatId").flatMap { $0 == 0 ? nil : $0 }
    isContact = object.flag("isContact")
    do throws(VCPError) {
      configuration = .success(try CallConfiguration(vcp: object.whole("vcp") ?? ""))
    } catch {
      configuration = .failure(error)
    }
    kind =
      switch (object.text("type"), configuration) {
      case ("VIDEO", _): .video
      case (nil, .success(let call)) where call.isVideo: .video
      default: .audio
      }
  }
}
