import Clocks
import Cryptography
import Transport

/// Keeps one account online: connects, logs in with its token, and does so again whenever the
/// connection ends, until only a person can help.
///
/// Each connection carries one login. The wait before the next grows from 1 to 30 seconds, longer
/// after a refusal, and stays within what servers allow in logins.
public actor OneMeSession {
  /// What the account is told, in order and without loss. For one reader; a slow one holds the
  /// session up.
  public nonisolated var events: AsyncStream<OneMeSessionEvent> { queue.stream }

  /// The events that have come in since the last ones, for a reader that takes them in together.
  /// Waits for one; empty when there will be none any more, or when the task is cancelled.
  public nonisolated func nextEvents() async -> [OneMeSessionEvent] {
    await queue.nextBatch().map(\.value)
  }

  public private(set) var state: LinkState = .stopped(reason: nil)

  private var route: ServerRoute
  let network: Network
  let time: any TimeSource
  private let logins: any LoginBudget
  private nonisolated let queue = EventQueue<OneMeSessionEvent>()
  /// What logging in goes by, and what it brought.
  var login: LoginState
  private var policy: OneMeReconnectPolicy
  private(set) var client: OneMeClient?
  private var attempts = ConnectionAttempts()

  /// What the session was given, with what it has found out of the server since.
  var configuration: OneMeConfiguration { route.configuration }

  /// A session that does nothing before `start()`.
  ///
  /// - Parameters:
  ///   - token: The login token of an earlier sign-in, of the same device id.
  ///   - marker: `Snapshot.time` of the newest login whose snapshot was kept; 0 for everything.
  ///   - logins: What counts the logins of all sessions that use the account.
  public init(
    configuration: OneMeConfiguration, token: Secret, marker: Int64 = 0, network: Network,
    time: any TimeSource, random: any RandomSource, logins: any LoginBudget = UnlimitedLogins()
  ) {
    route = ServerRoute(configuration)
    login = LoginState(token: token, marker: marker)
    policy = OneMeReconnectPolicy(random: random)
    self.network = network
    self.time = time
    self.logins = logins
  }

  deinit { queue.finish() }

  /// Goes online and stays there. Nothing happens if it already does.
  public func start() {
    guard attempts.runner == nil else { return }
    attempts.runner = Task { await run() }
  }

  /// Goes offline; returns when the connection is closed.
  public func stop() async {
    guard let runner = attempts.runner else { return }
    runner.cancel()
    await runner.value
  }

  /// Whether the binary form of the protocol is spoken.
  public var isBinary: Bool { configuration.isBinary }

  /// Ends a wait early. Nothing happens unless the state is `waiting`.
  public func retryNow() { attempts.pause?.cut() }

  /// Ends the session on the server and stops.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func logOut() async throws(OneMeError) {
    try await online().logOut()
    await stop()
  }

  /// The connection, for everything that `OneMeClient` can ask.
  ///
  /// - Throws: `offline` unless the state is `online`.
  public func online() throws(OneMeError) -> OneMeClient {
    guard let client else { throw .offline }
    return client
  }

  private func run() async {
    var attempt = 0
    while !Task.isCancelled {
      attempt += 1
      await enter(.connecting(attempt: attempt))
      let (error, duration) = await live()
      if Task.isCancelled { break }
      if error.needsPerson { return await finish(error) }
      if duration != nil { attempt = 0 }
      let now = time.uptime
      let delay = policy.delay(after: error, online: duration, at: now)
      let pause = Pause(delay, time: time)
      attempts.pause = pause
      await enter(.waiting(until: now + delay, reason: error))
      await pause.finish()
      attempts.pause = nil
    }
    await finish(nil)
  }

  /// Makes room for another `start()` before telling that this one is over.
  private func finish(_ reason: OneMeError?) async {
    attempts.runner = nil
    await enter(.stopped(reason: reason))
  }

  /// One connection from its first byte to its last: why it ended, and how long it was logged in.
  private func live() async -> (error: OneMeError, online: Duration?) {
    // Nobody is dialled who may not be logged in to.
    if let wait = await logins.untilNext() { return (.loginsSpent(wait), nil) }
    let configuration = route.next
    let client: OneMeClient
    do throws(OneMeError) {
      client = try await .connect(configuration, network: network, time: time)
    } catch {
      route.noteFailure(error)
      return (error, nil)
    }
    if await client.hasFallenBack {
      route.noteFallback()
      await emit(.fellBack)
    }
    let outcome = await live(on: client)
    self.client = nil
    await client.close()
    if case .redirected(let host?) = outcome.error {
      route.noteRedirect(from: configuration.url, to: host)
    }
    return outcome
  }

  private func live(on client: OneMeClient) async -> (error: OneMeError, online: Duration?) {
    if let wait = await logins.spend() { return (.loginsSpent(wait), nil) }
    policy.noteLogin(at: time.uptime)
    let snapshot: Snapshot
    do throws(OneMeError) {
      snapshot = try await client.logIn(token: login.token, marker: login.marker)
    } catch {
      return (error, nil)
    }
    let start = time.uptime
    if let token = snapshot.token { await replaceToken(token) }
    login.marker = snapshot.time ?? login.marker
    // Before the snapshot is told: whoever reads it asks for the names it mentions.
    self.client = client
    await emit(.snapshot(snapshot))
    await enter(.online(roundTrip: await client.roundTrip))
    while case let batch = await client.queue.nextBatch(), !batch.isEmpty {
      for (event, bytes) in batch {
        if case .roundTrip(let duration) = event {
          await enter(.online(roundTrip: duration))
        } else {
          await emit(.event(event), bytes: bytes)
        }
      }
    }
    return (await client.ending ?? .cancelled, time.uptime - start)
  }

  /// Uses another login token from now on, and tells so.
  func replaceToken(_ token: Secret) async {
    guard token != login.token else { return }
    login.token = token
    await emit(.tokenReplaced(token))
  }

  private func enter(_ state: LinkState) async {
    self.state = state
    await emit(.state(state))
  }

  /// Hands an event over. While the reader is far behind, this waits; the client's own events then
  /// pile up until it gives up the connection, and the next login tells what was missed.
  private func emit(_ event: OneMeSessionEvent, bytes: Int = 0) async {
    // Stopping: whoever stops a session has no more use for its events.
    while !Task.isCancelled, let turn = queue.heavyTurn { await queue.rest(since: turn) }
    _ = queue.push(event, bytes: bytes)
  }
}

/// What logging in goes by, and what it brought.
struct LoginState {
  var token: Secret
  /// `Snapshot.time` of the newest login.
  var marker: Int64
  /// The newest token of the Calls API.
  var callToken: CallToken?
}

/// The task that connects again and again, and the pause that it is in.
private struct ConnectionAttempts {
  var runner: Task<Void, Never>?
  var pause: Pause?
}

/// How a session stands with its server.
public enum LinkState: Sendable, Equatable {
  /// The first attempt since the connection was last up is 1.
  case connecting(attempt: Int)
  /// Logged in; the round trip is that of the newest ping.
  case online(roundTrip: Duration?)
  /// Tries again at `until` on the uptime clock, because of `reason`.
  case waiting(until: Duration, reason: OneMeError)
  /// Does nothing until it is started again: for `reason`, or because it was told to.
  case stopped(reason: OneMeError?)
}

/// What a session tells.
public enum OneMeSessionEvent: Sendable, Equatable {
  case state(LinkState)
  /// The answer to a login, after every connect: merge it.
  case snapshot(Snapshot)
  case event(OneMeEvent)
  /// The text form of the protocol is refused, and the binary one is spoken: remember that.
  case fellBack
  /// The login token changed: keep the new one instead.
  case tokenReplaced(Secret)
}
