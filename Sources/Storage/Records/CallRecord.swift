import Cryptography
import Database

/// One call of the call log, with what is needed to answer for it while it rings.
public struct CallRecord: Sendable, Equatable, Identifiable {
  /// Whether the caller wants to be seen.
  public enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
    case audio, video
  }

  /// What became of the call; all but `ringing` are final.
  public enum State: String, Sendable, CaseIterable, DatabaseConvertible {
    case ringing, ended, declined, missed, ignored
  }

  /// Where the call came in.
  public var service: Service
  /// The service's id of the call, unique.
  public var conversationId: String
  /// The caller as the service names people.
  public var callerId: String
  /// The caller's name as it was when the phone rang.
  public var callerName: String?
  /// Who was called, where that was not the account's owner: then the owner called.
  public var calleeId: String?
  /// Their name as it was then.
  public var calleeName: String?
  /// What sort of call it is.
  public var kind: Kind
  /// When it began to ring, in wall-clock milliseconds since 1970.
  public var at: Int64
  /// What has become of it so far.
  public var state: State
  /// Milliseconds of talk, where the service says.
  public var duration: Int64?
  /// When it stopped ringing or talking, in wall-clock milliseconds.
  public var endedAt: Int64?
  /// The call's signalling server (`wse` of the call configuration).
  public var signaling: String?
  /// One STUN address (`stne`).
  public var stun: String?
  /// TURN addresses (`trne`), in the server's order.
  public var turn: [String]
  /// The TURN user (`trnu`).
  public var turnUser: String?
  /// The call's token (`tkn`).
  public var token: Secret?
  /// The TURN password (`trnp`).
  public var turnPassword: Secret?

  /// The `conversationId`.
  public var id: String { conversationId }

  /// A call with these fields.
  public init(
    service: Service = .max, conversationId: String, callerId: String, callerName: String? = nil,
    calleeId: String? = nil, calleeName: String? = nil, kind: Kind, at: Int64,
    state: State = .ringing, duration: Int64? = nil, endedAt: Int64? = nil,
    signaling: String? = nil, stun: String? = nil, turn: [String] = [], turnUser: String? = nil,
    token: Secret? = nil, turnPassword: Secret? = nil
  ) {
    self.service = service
    self.conversationId = conversationId
    self.callerId = callerId
    self.callerName = callerName
    self.calleeId = calleeId
    self.calleeName = calleeName
    self.kind = kind
    self.at = at
    self.state = state
    self.duration = duration
    self.endedAt = endedAt
    self.signaling = signaling
    self.stun = stun
    self.turn = turn
    self.turnUser = turnUser
    self.token = token
    self.turnPassword = turnPassword
  }
}
