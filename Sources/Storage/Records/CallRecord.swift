import Cryptography
import Database
import Domain

/// One call of the call log, with what is needed to answer for it while it rings.
package struct CallRecord: Sendable, Equatable, Identifiable {
  /// Whether the caller wants to be seen.
  package enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
    case audio, video
  }

  /// What became of the call; all but `ringing` are final.
  package enum State: String, Sendable, CaseIterable, DatabaseConvertible {
    case ringing, ended, declined, missed, ignored
  }

  /// Where the call came in.
  package var service: Service
  /// The service's id of the call, unique.
  package var conversationId: String
  /// The caller as the service names people.
  package var callerId: String
  /// The caller's name as it was when the phone rang.
  package var callerName: String?
  /// Who was called, where that was not the account's owner: then the owner called.
  package var calleeId: String?
  /// Their name as it was then.
  package var calleeName: String?
  /// The name of the group that is called, as it was then; nil for a call between two.
  package var groupName: String?
  /// What sort of call it is.
  package var kind: Kind
  /// When it began to ring, in wall-clock milliseconds since 1970.
  package var at: Int64
  /// What has become of it so far.
  package var state: State
  /// Milliseconds of talk, where the service says.
  package var duration: Int64?
  /// When it stopped ringing or talking, in wall-clock milliseconds.
  package var endedAt: Int64?
  /// The call's signalling server (`wse` of the call configuration).
  package var signaling: String?
  /// One STUN address (`stne`).
  package var stun: String?
  /// TURN addresses (`trne`), in the server's order.
  package var turn: [String]
  /// The TURN user (`trnu`).
  package var turnUser: String?
  /// The call's token (`tkn`).
  package var token: Secret?
  /// The TURN password (`trnp`).
  package var turnPassword: Secret?

  /// The `conversationId`.
  package var id: String { conversationId }

  /// A call with these fields.
  package init(
    service: Service, conversationId: String, callerId: String, callerName: String? = nil,
    calleeId: String? = nil, calleeName: String? = nil, kind: Kind, at: Int64,
    state: State = .ringing, duration: Int64? = nil, endedAt: Int64? = nil,
    signaling: String? = nil, stun: String? = nil, turn: [String] = [], turnUser: String? = nil,
    token: Secret? = nil, turnPassword: Secret? = nil, groupName: String? = nil
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
    self.groupName = groupName
  }
}

extension CallRecord {
  /// Who is at the other end.
  package var peerName: String? { calleeId == nil ? callerName : calleeName }
}
