import Sandbox
import TestSupport
import Testing
import Transport

/// Frames signed by Python's own libraries.
@Suite struct PythonSignatureTests {
  @Test func theyAreAccepted() async throws {
    let peer = try await Peer()
    let endpoints = peer.sandbox.endpoints
    let child = try Program.peer([
      "python3", Peer.fixtures + "/sign.py", endpoints.tradingKey,
      endpoints.tradingSecret.revealed,
    ])
    #expect(try await child.code() == 0)
    let frames = child.text.split(separator: "\n")
    #expect(frames.count == 3)
    let connection = try await peer.network.connect(WebSocketRequest(url: endpoints.tradingURL))
    var messages = connection.messages.makeAsyncIterator()
    for (frame, answer) in zip(frames, ["authenticated", "3245.67", "101.23"]) {
      try await connection.send(.text(String(frame)))
      guard case .text(let text) = await messages.next() else {
        Issue.record("no answer to \(frame)")
        return
      }
      #expect(text.contains(answer))
    }
  }
}
