/// What passes on the signalling connection (OneMe notes §5.1, §5.2).
enum CallSignal {
  /// From a client; of its fields those that are looked at.
  struct Command: Decodable {
    let command: String
    let sequence: Int
    let reason: String?
    let mediaSettings: [String: WireValue]?
  }

  struct Response: Encodable {
    let type = "response"
    let response: String
    let sequence: Int
    let stamp: Int64
    enum CodingKeys: CodingKey { case type, response, sequence, stamp }
  }

  struct Notification: Encodable {
    let type = "notification"
    let notification: String
    let reason: String
    let stamp: Int64
    var participantType: String?
    var participantId: Int64?

    enum CodingKeys: CodingKey {
      case type, notification, reason, stamp, participantType, participantId
    }
  }

  struct Failure: Encodable {
    let type = "error"
    let code = 0
    let message: String
    let reason: String?
    var sequence: Int?
    enum CodingKeys: CodingKey { case type, code, message, reason, sequence }
  }

  /// The server's first word.
  struct Connection: Encodable {
    struct Peer: Encodable {
      let id: Int
      let type = "WEB_SOCKET"
      enum CodingKeys: CodingKey { case id, type }
    }
    struct Parameters: Encodable {
      struct Turn: Encodable {
        let urls: [String]
        let username: String
        let credential: String
      }
      struct Stun: Encodable { let urls: [String] }
      let turn: Turn
      let stun: Stun
      let serverTime: Int64
      let activityTimeout = 120_000
      enum CodingKeys: CodingKey { case turn, stun, serverTime, activityTimeout }
    }
    struct Participant: Encodable {
      struct External: Encodable {
        let type = "ONE_ME"
        let id: String
        enum CodingKeys: CodingKey { case type, id }
      }
      let id: Int64
      let externalId: External
      let state: String
      let roles: [String]
    }
    struct Room: Encodable {
      let id: String
      let state = "ACTIVE"
      let topology = "DIRECT"
      let participantsLimit = 100
      let participants: [Participant]
      enum CodingKeys: CodingKey { case id, state, topology, participantsLimit, participants }
    }

    let type = "notification"
    let notification = "connection"
    let stamp: Int64
    let peerId: Peer
    let endpoint: String
    let conversationParams: Parameters
    let conversation: Room
    let isConcurrent = false

    enum CodingKeys: CodingKey {
      case type, notification, stamp, peerId, endpoint, conversationParams, conversation
      case isConcurrent
    }

    init(_ call: Call, _ configuration: CallConfiguration, now: Int64, peer: Int) {
      stamp = now * 1_000_000
      peerId = Peer(id: peer)
      endpoint = configuration.wse
      conversationParams = Parameters(
        turn: .init(
          urls: configuration.trne.split(separator: ",").map(String.init),
          username: configuration.trnu, credential: configuration.trnp),
        stun: .init(urls: [configuration.stne]), serverTime: now)
      func participant(_ id: Int64, _ state: String, _ roles: [String]) -> Participant {
        Participant(
          id: CallConfiguration.user(of: id), externalId: .init(id: "\(id)"), state: state,
          roles: roles)
      }
      conversation = Room(
        id: call.id,
        participants: [
          participant(call.caller, "ACCEPTED", ["CREATOR"]), participant(call.callee, "CALLED", []),
        ])
    }
  }
}
