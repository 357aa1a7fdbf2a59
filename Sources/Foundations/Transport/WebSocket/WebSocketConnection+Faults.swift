// Ways to misbehave, for servers that try how clients bear it.

extension WebSocketConnection {
  /// Writes `bytes` to the socket as they stand, in order with the messages sent.
  public func writeRaw(_ bytes: [UInt8]) async throws(TransportError) {
    let sent = Promise<Void>()
    post(sent) { $0.writeRaw(bytes, sent) }
    try await sent.value { [self] in post { $0.withdraw(sent) } }
  }

  /// Ends the connection with a TCP reset, without a close frame. Over TLS, where the socket is not
  /// the network's, it is an end of file.
  public func reset() async {
    post { $0.reset() }
    _ = await closure
  }

  /// Leaves the connection half open: from now on nothing is read, written or answered and no
  /// deadline applies, until `close`, which then ends it without a close frame.
  public func stall() async {
    let stalled = Promise<Void>()
    post(stalled) { engine in
      engine.stall()
      stalled.complete(.success(()))
    }
    // Ended before or cancelled: there is nothing left to stall.
    _ = try? await stalled.value {}
  }
}
