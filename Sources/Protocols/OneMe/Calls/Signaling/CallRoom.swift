import Cryptography
import JSON

/// Who is in a call, and how its media would travel (MAX protocol notes §5.1, 3).
public struct CallRoom: Sendable, Equatable {
  /// Somebody who is called or already in the call.
  public struct Participant: Sendable, Equatable {
    /// The number in calls, another than the user id.
    public var id: Int64
    /// The MAX user id, if the server said so.
    public var userId: Int64?
    /// CALLED, ACCEPTED, or another word of the server's.
    public var state: String?
    /// Whether this is who calls.
    public var isCreator: Bool

    /// A participant with these fields.
    public init(id: Int64, userId: Int64?, state: String?, isCreator: Bool = false) {
      self.id = id
      self.userId = userId
      self.state = state
      self.isCreator = isCreator
    }
  }

  /// In the server's order.
  public var participants: [Participant]
  /// STUN URIs.
  public var stun: [String]
  /// TURN URIs.
  public var turn: [String]
  /// For those.
  public var turnUser: String?
  /// For those, to be used as the text it is.
  public var turnPassword: Secret?

  /// A room with these participants.
  public init(
    participants: [Participant] = [], stun: [String] = [], turn: [String] = [],
    turnUser: String? = nil, turnPassword: Secret? = nil
  ) {
    self.participants = participants
    self.stun = stun
    self.turn = turn
    self.turnUser = turnUser
    self.turnPassword = turnPassword
  }
}

extension CallRoom {
  init(_ object: TreeObject) {
    let parameters = object.nested("conversationParams")
    let turn = parameters?.nested("turn")
    self.init(
      participants: object.nested("conversation")?
        .list("participants", of: Participant.self).elements ?? [],
      stun: parameters?.nested("stun")?.list("urls", of: String.self).elements ?? [],
      turn: turn?.list("urls", of: String.self).elements ?? [], turnUser: turn?.text("username"),
      turnPassword: turn?.optional("credential"))
  }
}

extension CallRoom.Participant: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    id = try object.requiredNumber("id")
    userId = object.nested("externalId")?.number("id") ?? object.number("externalId")
    state = object.text("state")
    isCreator = object.list("roles", of: String.self).elements.contains("CREATOR")
  }
}
