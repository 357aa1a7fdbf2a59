extension OneMeClient {
  /// A token for the Calls API (opcode 158; seed 000, CallTokenRequest).
  public func callToken() async throws(OneMeError) -> CallToken {
    try await ask(.callToken, Nothing())
  }

  /// Declines a call that rings, on all of the account's devices (opcode 167; MAX protocol notes
  /// §5.3, way A).
  public func declineCall(_ conversationId: String) async throws(OneMeError) {
    try await tell(.hangUp, HangUp(conversationId: conversationId))
  }

  /// The calls of the account, on whatever device (opcode 163, MAX protocol notes §4.6).
  ///
  /// - Parameter cursor: `CallHistory.cursor` of the previous answer, to be told of changes alone; 0
  ///   for everything.
  public func callHistory(since cursor: Int64 = 0) async throws(OneMeError) -> CallHistory {
    try await ask(.callHistory, ["callHistorySync": cursor], ifEmpty: CallHistory())
  }
}

private struct HangUp: Encodable {
  var conversationId: String
  var reason = "REJECTED"
}
