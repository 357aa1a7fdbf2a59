import OneMe

/// A call that rings, and what may end its ring.
struct RingingCall {
  let call: IncomingCall
  /// Ends it when nothing else does.
  let timeout: Task<Void, Never>
  /// The call's signalling line, on which the caller's giving up is heard at once.
  var line: CallSignaling?

  init(_ call: IncomingCall, timeout: Task<Void, Never>) {
    self.call = call
    self.timeout = timeout
  }

  /// Stops listening without a word: other devices ring on.
  func close() async {
    timeout.cancel()
    await line?.close()
  }
}
