import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Control
@testable import Domain

@Suite(.timeLimit(.minutes(10))) struct ControlTests {
  /// Serves `hub` on a socket of its own while `body` calls it.
  private func serving(
    _ body: (HubFixture, AccountHub, ControlClient, ScratchDirectory) async throws -> Void
  ) async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let server = try ControlServer(
        path: scratch.file("control.sock"), hub: hub, network: fixture.network)
      let client = ControlClient(path: scratch.file("control.sock"), network: fixture.network)
      try await body(fixture, hub, client, scratch)
      await server.stop()
    }
  }

  @Test("Another process gets the same lines and the same errors")
  func sameLines() async throws {
    try await serving { fixture, hub, client, scratch in
      #expect(scratch.mode("control.sock") == 0o600)
      #expect(try await client.failure(of: ListChats()).code == "not-signed-in")
      try await fixture.signInToMax(hub)
      let chats = try await client.lines(of: ListChats())
      #expect(!chats.isEmpty)
      #expect(chats == (try await hub.lines(of: ListChats())))
      let remote = try await client.failure(of: ShowOrder(id: "nope"))
      let local = try await hub.failure(of: ShowOrder(id: "nope"))
      #expect(remote == local)
      #expect(try await client.lines(of: ShowStatus()).count == 3)
    }
  }

  @Test("A sign-in works over the socket, secrets and all")
  func signIn() async throws {
    try await serving { fixture, _, client, _ in
      let endpoints = fixture.sandbox.endpoints
      let call = SignIn.toTrading(key: endpoints.tradingKey, secret: endpoints.tradingSecret)
      let lines = try await client.lines(of: call)
      #expect(lines.map(\.login?.state) == ["online"])
    }
  }

  @Test("A watch streams what happens, and ends when its caller hangs up")
  func watch() async throws {
    try await serving { fixture, hub, client, _ in
      try await fixture.signInToTrading(hub)
      var order = OrderRecord(
        clientOrderId: "a", status: .failed, from: "ETH", to: "USDT", amount: "1",
        slippageBps: 0, createdAt: 1)
      try await fixture.store.orders.record(order, [])
      let (lines, sink) = AsyncStream.makeStream(of: OrderOutput.self)
      let watching = Task {
        do throws(UserError) {
          try await client.run(ListOrders(watching: true)) { sink.yield($0) }
        } catch {
          Issue.record("\(error)")
        }
        sink.finish()
      }
      var iterator = lines.makeAsyncIterator()
      #expect(await iterator.next()?.status == "FAILED")
      order.status = .filled
      try await fixture.store.orders.record(order, [])
      hub.environment.changes.send(.order(order))
      #expect(await iterator.next()?.status == "FILLED")
      watching.cancel()
      await watching.value
      #expect(await iterator.next() == nil)
    }
  }

  @Test("Unknown methods and unreadable parameters are answered, garbage is hung up on")
  func strangers() async throws {
    try await serving { fixture, _, _, scratch in
      func answer(_ text: String) async throws -> (String?, WebSocketClosure?) {
        var request = WebSocketRequest(url: "ws://localhost/control")
        request.unixSocketPath = scratch.file("control.sock")
        let connection = try await fixture.network.connect(request)
        try await connection.send(.text(text))
        for await case .text(let reply) in connection.messages {
          await connection.close()
          return (reply, nil)
        }
        return (nil, await connection.closure)
      }
      let unknown = try await answer(#"{"jsonrpc":"2.0","id":7,"method":"nope","params":{}}"#)
      #expect(unknown.0?.contains("-32601") == true)
      #expect(unknown.0?.contains(#""id":7"#) == true)
      let bad = try await answer(#"{"jsonrpc":"2.0","id":8,"method":"order","params":{"id":1}}"#)
      #expect(bad.0?.contains("invalid-parameters") == true)
      for garbage in ["hello", "[]", "{}", #"{"jsonrpc":"2.0","method":"status"}"#, "\u{0}"] {
        guard case .byPeer(let code, _)? = try await answer(garbage).1 else {
          Issue.record("\(garbage) was not hung up on")
          continue
        }
        #expect(code == 1007)
      }
    }
  }

  @Test("Without anybody at the socket the caller is told so")
  func nobody() async throws {
    let scratch = try ScratchDirectory()
    let client = ControlClient(path: scratch.file("control.sock"), network: Network())
    let error = try await client.failure(of: ShowStatus())
    #expect((error.kind, error.code) == (.noConnection, "control"))
  }

  @Test("A call's method leads back to that call")
  func methods() {
    for (method, call) in RequestMethods.byMethod {
      #expect(RequestMethods.method(of: call) == method)
    }
    #expect(RequestMethods.method(of: ShowOrder.self) == "order")
  }
}
