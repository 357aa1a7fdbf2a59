import JSON

/// A call as the chat remembers it; the server writes it when the call is over.
public struct CallRecord: Sendable, Equatable {
  /// The server's id of the call.
  public var conversationId: String?
  /// Whether it was a video call.
  public var isVideo: Bool
  /// HUNGUP, CANCELED, REJECTED, MISSED, or another word of the server's.
  public var outcome: String?
  /// As the server gives it, in milliseconds; 0 for a call nobody took.
  public var duration: Int64?
  /// User ids of those who took part.
  public var participants: [Int64]

  /// A call with these fields.
  public init(
    conversationId: String?, isVideo: Bool, outcome: String?, duration: Int64? = nil,
    participants: [Int64] = []
  ) {
    self.conversationId = conversationId
    self.isVideo = isVideo
    self.outcome = outcome
    self.duration = duration
    self.participants = participants
  }
}

extension CallRecord: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    conversationId =
      object.name("conversationId") ?? object.number("conversationId").map(String.init)
    isVideo = object.text("callType") == "VIDEO"
    outcome = object.name("hangupType")
    duration = object.span("duration")
    participants = Array(object.numbers("contactIds").prefix(WireBounds.parts))
  }
}
