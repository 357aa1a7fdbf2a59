import Transport

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
