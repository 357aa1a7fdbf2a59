import Clocks
import Sandbox
import TestSupport
import Testing
import Transport

/// A connection that speaks raw text, so that nothing of a client stands between test and server.
final class Line: Sendable {
  let connection: WebSocketConnection

  init(_ url: String, network: Network, origin: String? = "https://web.max.ru") async throws {
    var request = WebSocketRequest(url: url)
    request.headers["Origin"] = origin
    request.limits.messageBytes = 16 << 20
    request.limits.pingInterval = nil
    // Beyond what a busy machine may take: no test is about this.
    request.limits.connectTimeout = .seconds(60)
    request.limits.handshakeTimeout = .seconds(60)
    request.limits.sendTimeout = .seconds(60)
    connection = try await network.connect(request)
  }

  func send(_ text: String) async throws { try await connection.send(.text(text)) }

  /// The next message; nil at the end. Fails instead of waiting for ever.
  func next() async throws -> WebSocketMessage? {
    try await withDeadline(Patience.span, time: SystemTime(), error: Silence() as any Error) {
      [connection] in
      var iterator = connection.messages.makeAsyncIterator()
      return await iterator.next()
    }
  }

  /// The next message as JSON.
  func json() async throws -> JSON {
    guard case .text(let text) = try await next() else { throw Ended() }
    return try JSON(text)
  }

  /// How the server ended the connection; what it still says before is skipped.
  func closure() async throws -> WebSocketClosure {
    while try await next() != nil {}
    return await connection.closure
  }

  struct Silence: Error {}
  struct Ended: Error {}
}

/// A sandbox on a clock that the test moves.
struct Bench {
  let time: ManualTime
  let network = Network()
  let sandbox: Sandbox
  private let scenario: Scenario

  init(
    _ scenario: Scenario = .quiet, faults: String = "", seed: UInt64 = 1,
    time: ManualTime = ManualTime(), _ adjust: (inout SandboxOptions) -> Void = { _ in }
  ) async throws {
    self.time = time
    var options = SandboxOptions()
    options.scenario = scenario
    self.scenario = scenario
    options.seed = seed
    options.faults = try FaultPlan(parsing: faults)
    adjust(&options)
    sandbox = try await Sandbox.start(options, network: network, time: time)
  }

  /// Moves the clock once the servers wait on it: one alarm for the server in use, and in a scenario
  /// that lives by itself one for each.
  func pass(_ duration: Duration) async {
    await time.untilSleeping(scenario == .quiet ? 1 : 2)
    time.advance(by: duration)
  }

  /// Waits for the first event of which `pick` makes something.
  func event<Value: Sendable>(
    _ pick: @escaping @Sendable (SandboxEvent) -> Value?
  ) async throws -> Value {
    let events = sandbox.events
    return try await withDeadline(
      Patience.span, time: SystemTime(), error: Line.Silence() as any Error
    ) {
      for await event in events {
        if let value = pick(event) { return value }
      }
      throw Line.Ended()
    }
  }
}
