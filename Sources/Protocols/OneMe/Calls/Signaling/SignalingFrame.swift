import JSON
import Transport

/// One JSON frame of a call's server (MAX protocol notes §5.2).
enum SignalingFrame: WireDecodable {
  case joined(CallRoom)
  case response(sequence: Int)
  case refusal(OneMeRefusal, sequence: Int?)
  case ended(CallEnding)
  case notification(String)
  /// Of a type that has not been seen yet.
  case unknown

  /// Names of errors that mean that there is no call any more.
  private static let endings: Set<String> = [
    "conversation-ended", "conversation-not-found", "closed-conversation", "no-call",
  ]

  init(from value: TreeValue) throws {
    let object = try value.object()
    let sequence = object.number("sequence").flatMap(Int.init(exactly:))
    switch object.text("type") {
    case "response":
      self = .response(sequence: sequence ?? 0)
    case "error":
      let name = object.text("message") ?? object.text("error") ?? "error"
      if [name, object.text("error")].compactMap(\.self).contains(where: Self.endings.contains) {
        self = .ended(CallEnding(reason: object.text("reason")))
      } else {
        self = .refusal(OneMeRefusal(code: name, detail: object.text("error")), sequence: sequence)
      }
    case "notification":
      switch object.text("notification") {
      case "connection": self = .joined(CallRoom(object))
      case "closed-conversation", "hungup":
        self = .ended(CallEnding(reason: object.text("reason")))
      case let name: self = .notification(name ?? "")
      }
    default: self = .unknown
    }
  }
}

/// The address at which a ringing call is listened to (MAX protocol notes §5.1, 2).
struct SignalingAddress {
  /// Holds the call's token.
  let url: String

  /// - Throws: `malformed` if `trnu` does not end in the account's id in calls.
  init(_ call: CallConfiguration, conversationId: String) throws(OneMeError) {
    let user = call.turnUser?.split(separator: ":", omittingEmptySubsequences: false).last ?? ""
    guard !user.isEmpty, user.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .malformed(.incomingCall, "the call configuration does not say who is called")
    }
    let query: [(String, String)] = [
      ("userId", String(user)), ("entityType", "USER"), ("deviceIdx", "0"),
      ("conversationId", conversationId), ("token", call.token.revealed), ("platform", "WEB"),
      ("appVersion", "1.1"), ("version", "5"), ("device", "browser"),
      ("capabilities", "2A03F"), ("clientType", "ONE_ME"), ("tgt", "accept"),
    ]
    let fields = query.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    url = call.signalingURL + (call.signalingURL.contains("?") ? "&" : "?") + fields
  }
}
