import Glibc
import Sandbox
import TestSupport
import Testing

/// The trading document's own client, run by node.
@Suite struct JavaScriptTradingTests {
  @Test func theDocumentsClientTradesUnchanged() async throws {
    let peer = try await Peer()
    let endpoints = peer.sandbox.endpoints
    let child: Program
    do {
      child = try Program.peer(
        ["node", Peer.fixtures + "/trading-client.js"],
        environment: [
          "NODE_PATH": "/usr/share/nodejs", "TRADING_URL": endpoints.tradingURL,
          "TRADING_KEY": endpoints.tradingKey,
          "TRADING_SECRET": endpoints.tradingSecret.revealed,
        ])
    } catch {
      Issue.record("node cannot be run (\(error)): install the packages nodejs and node-ws")
      return
    }
    do {
      let name = try await peer.event { event in
        if case .order(_, let name, "FILLED") = event { name } else { nil }
      }
      #expect(name == "my_order_123")
      // The server knows it before the client has said so.
      try await child.wait { $0.text.contains("Response for swap: {") || $0.code != nil }
    } catch {
      Issue.record("no order was filled; is the package node-ws installed? \(child.text)")
    }
    child.kill(SIGTERM)
    _ = try await child.code()
    let text = child.text
    #expect(text.contains("Authenticated successfully"))
    #expect(text.contains("Response for estimate: {"))
    #expect(text.contains("expectedOut: '3245.67'"))
    #expect(text.contains("Response for swap: {"))
    #expect(text.contains("Update from balances"))
    #expect(text.contains("Update from orders:ord_123456: { status: 'subscribed' }"))
    #expect(!text.contains("Error"))
  }
}
