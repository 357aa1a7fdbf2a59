import Clocks
import Domain
import Transport

/// A connection that is opened again when it breaks, and the queue of what it is to ask.
///
/// There are three, so that a quote never waits for an order: see `Purpose`. Each connection is a
/// `Session` and is never used again once it has failed.
actor TradingConnection {
  enum Purpose: String, Sendable, CaseIterable {
    /// `swap` and `order_status`.
    case trade
    /// `estimate`.
    case quotes
    /// Subscriptions and `balances`: all balances over one connection, since nothing but their
    /// order of arrival says which is newer.
    case stream
  }

  enum Event: Sendable {
    case connecting
    /// Authenticated; questions are asked now.
    case online
    case waiting(Duration, TradingError)
    case stopped(TradingError)
    case wrote
    /// A question was accepted in this spoken and not in the configured one.
    case dialect(SpokenDialect)
    case told(Session.Event)
  }

  /// Silence after a refusal for the rate. The server counts by the second.
  private static let rateLimitPause: Duration = .seconds(2)

  private let purpose: Purpose
  private let context: ConnectionContext
  private let report: @Sendable (Event) async -> Void
  private var queue = RequestQueue()
  private var bucket = TokenBucket()
  private var policy: TradingReconnectPolicy
  private var life = Life()
  private var isStopped = false
  private var rest: Pause?
  private var idler: CheckedContinuation<Void, Never>?

  /// What is known of the present connection, if there is one.
  private struct Life {
    var session: Session?
    var closure: WebSocketClosure?
    var lastWrite: Duration = .zero
    /// Whether questions that end with the connection are taken.
    var isCaughtUp = false
  }

  init(
    _ purpose: Purpose, _ context: ConnectionContext,
    report: @escaping @Sendable (Event) async -> Void
  ) {
    self.purpose = purpose
    self.context = context
    self.report = report
    policy = TradingReconnectPolicy(random: context.random)
  }

  /// Round trip of the newest ping.
  var roundTrip: Duration? { life.session?.roundTrip }

  /// Keeps a connection until `stop` or a failure that only a person can cure.
  func run() async {
    while !isStopped, !Task.isCancelled {
      await report(.connecting)
      let failure = await live()
      life = Life()
      for request in queue.removeAll(where: \.endsWithConnection) {
        request.answer.resume(returning: .failure(.notReady))
      }
      if isStopped { break }
      guard let pause = pause(after: failure) else {
        isStopped = true
        await report(.stopped(failure))
        break
      }
      let rest = Pause(pause, time: context.time)
      self.rest = rest
      await report(.waiting(pause, failure))
      await rest.finish()
      self.rest = nil
    }
    isStopped = true
    refuseAll()
  }

  /// Ends `run` and answers everything that waits with `stopped`. Cancel its task as well, so that
  /// it does not sleep on.
  func stop() async {
    isStopped = true
    refuseAll()
    await life.session?.close()
    wake()
  }

  /// Ends the pause before the next connection.
  func retryNow() { rest?.cut() }

  /// Everything is known that may have happened before this connection: see `ask`.
  func noteCaughtUp() { life.isCaughtUp = life.session != nil }

  private func refuseAll() {
    for request in queue.removeAll() { request.answer.resume(returning: .failure(.stopped)) }
  }

  /// Asks, when its turn comes within `patience`, and waits for the answer.
  ///
  /// - Parameters:
  ///   - untilDisconnected: Asks over the present connection or not at all, and only after
  ///     `noteCaughtUp`; otherwise throws `notReady`.
  ///   - isOverdue: When its turn has come: true writes nothing and throws `superseded`.
  func ask(
    _ operation: Operation, within patience: Duration, untilDisconnected: Bool = false,
    unless isOverdue: (@Sendable () async -> Bool)? = nil
  ) async throws(TradingError) -> Reply {
    guard !isStopped else { throw .stopped }
    guard life.isCaughtUp || !untilDisconnected else { throw .notReady }
    let id = queue.newID()
    let deadline = Task {
      do { try await context.time.sleep(for: patience) } catch { return }
      giveUp(id)
    }
    defer { deadline.cancel() }
    let result = await withCheckedContinuation { answer in
      let request = RequestQueue.Request(
        id: id, operation: operation, answer: answer, endsWithConnection: untilDisconnected,
        isOverdue: isOverdue)
      for old in queue.insert(request) { old.answer.resume(returning: .failure(.superseded)) }
      wake()
    }
    return try result.get()
  }

  private func giveUp(_ id: Int) {
    guard let request = queue.remove(id: id) else { return }
    request.answer.resume(returning: .failure(life.session == nil ? .notReady : .notSentInTime))
  }

  /// How long to wait before the next connection; nil to stop.
  private func pause(after failure: TradingError) -> Duration? {
    let pause = policy.pause(after: failure, hasWorked: context.hasWorked)
    // Whoever tries again, a person or this connection, begins with the time as it is.
    if failure == .clockRefused { context.clock.startAnew() }
    return pause
  }

  /// One connection from dialling to its end; says why it ended.
  private func live() async -> TradingError {
    let connection: WebSocketConnection
    let began = context.time.uptime
    let recorder = context.recorder(for: purpose)
    do {
      connection = try await context.network.connect(context.webSocketRequest(for: purpose))
    } catch {
      recorder?.refused(error)
      return TradingError(connecting: error)
    }
    recorder?.opened(connection.responseHeaders)
    if isStopped {
      await connection.close()
      return .stopped
    }
    if let date = connection.responseHeaders.date {
      context.clock.observe(date: date, from: began, to: context.time.uptime)
    }
    let session = Session(connection, time: context.time, recorder: recorder) { [report] in
      await report(.told($0))
    }
    life.session = session
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.ended(await session.run()) }
      let failure = await serve(session)
      await session.close()
      group.cancelAll()
      return failure
    }
  }

  private func ended(_ closure: WebSocketClosure) {
    life.closure = closure
    wake()
  }

  /// Authenticates, then asks what is queued until the session ends.
  private func serve(_ session: Session) async -> TradingError {
    do throws(TradingError) { try await authenticate(session) } catch { return error }
    let began = context.time.uptime
    await report(.online)
    let keepAlive = Task { await self.keepAlive() }
    defer {
      keepAlive.cancel()
      policy.noteEnd(after: context.time.uptime - began)
    }
    var failure: TradingError?
    while failure == nil {
      if let closure = life.closure { return .disconnected(closure) }
      if isStopped { return .stopped }
      if queue.isEmpty {
        await idle()
      } else if let wait = waitForTurn() {
        do { try await context.time.sleep(for: wait) } catch { return .stopped }
      } else if let request = queue.popFirst() {
        failure = await answer(request, over: session)
      }
    }
    return failure ?? .stopped
  }

  private func authenticate(_ session: Session) async throws(TradingError) {
    let (frame, offset) = try context.sign(.auth)
    _ = bucket.take(at: context.time.uptime)
    await noteWrite()
    do throws(TradingError) {
      _ = try await session.ask(
        frame, for: .auth, signedAt: context.time.uptime,
        within: context.configuration.timeouts.authentication)
      context.clock.accepted()
      context.noteLogin()
      policy.noteLogin()
    } catch {
      if case .refused(.timestampOutsideWindow, _) = error {
        let isExplained = await context.measureTime(refused: offset)
        guard isExplained || context.clock.refused(offset: offset) else { throw .clockRefused }
      }
      if case .lost(_, .byPeer(code: 1008, _)) = error, policy.notePolicyClose() {
        throw .turnedAway
      }
      throw error
    }
  }

  /// Asks one question. Returns why the session cannot be used any more, or nil.
  private func answer(
    _ request: RequestQueue.Request, over session: Session
  ) async -> TradingError? {
    if await request.isOverdue?() == true {
      request.answer.resume(returning: .failure(.superseded))
      return nil
    }
    let result: Result<Reply, TradingError>
    do throws(TradingError) {
      let signed = context.time.uptime
      // Signed now, after every wait: a queued signature would grow stale.
      let frame = try context.sign(request.operation, as: request.spoken).frame
      await noteWrite()
      result = .success(
        try await session.ask(
          frame, for: request.operation, signedAt: signed,
          within: context.configuration.timeouts.reply))
    } catch { result = .failure(error) }
    if case .failure(.refused(let refusal, _)) = result {
      context.knowledge.noteRefusal()
      if refusal == .rateLimited {
        bucket.hold(at: context.time.uptime, for: TradingConnection.rateLimitPause)
      }
    }
    if case .failure(let error) = result, let again = repetition(of: request, after: error) {
      queue.put(again)
    } else {
      request.answer.resume(returning: await learned(from: result, to: request))
    }
    guard await session.isClosed else { return nil }
    if case .failure(let error) = result, error != .notReady, !error.isFatal { return error }
    return .disconnected(life.closure ?? .byUs(code: 1000))
  }

  /// How a refused or unsent question goes back into the queue, if it does. A swap never does:
  /// whether it is written again is decided where it is journalled.
  private func repetition(
    of request: RequestQueue.Request, after error: TradingError
  ) -> RequestQueue.Request? {
    guard request.operation.isRepeatable, !isStopped else { return nil }
    if error == .notReady { return request }
    guard request.attempts == 0, case .refused(let refusal, _) = error else { return nil }
    var again = request
    again.attempts = 1
    if let other = context.knowledge.alternative(for: request.operation, after: refusal) {
      again.spoken = other
      again.refusal = error
      return again
    }
    return refusal.isCuredBySigningAgain || refusal == .notAuthenticated ? again : nil
  }

  /// Keeps what an answer shows of the server's spoken; returns what whoever asked is told.
  private func learned(
    from result: Result<Reply, TradingError>, to request: RequestQueue.Request
  ) async -> Result<Reply, TradingError> {
    let knowledge = context.knowledge
    if case .success = result { knowledge.noteSuccess(of: request.operation) }
    guard let spoken = request.spoken else { return result }
    let isOrder = spoken.keyOrder != knowledge.spoken.keyOrder
    // Whatever else the server says of it in another order: it took the signature.
    let isAccepted =
      if case .success = result { true } else { isOrder && !result.isRefusedForItsSignature }
    guard isAccepted else {
      // Refused either way: the first refusal is the one that means something.
      return isOrder ? result : request.refusal.map { .failure($0) } ?? result
    }
    knowledge.adopt(spoken)
    await report(.dialect(spoken))
    return result
  }

  /// How long the rate limit asks to wait, or nil if a message may go now.
  private func waitForTurn() -> Duration? {
    let wait = bucket.take(at: context.time.uptime)
    return wait > .zero ? wait : nil
  }

  private func noteWrite() async {
    life.lastWrite = context.time.uptime
    await report(.wrote)
  }

  /// The server closes a connection that is silent for five minutes, and nobody says whether pings
  /// count: so ask for the balances.
  private func keepAlive() async {
    let limit = context.configuration.timeouts.idle
    while !Task.isCancelled {
      let left = life.lastWrite + limit - context.time.uptime
      if left > .zero {
        do { try await context.time.sleep(for: left) } catch { return }
      } else {
        // A failure ends the connection by itself; a refusal is as good as an answer.
        _ = try? await ask(.balances, within: context.configuration.timeouts.queue)
        life.lastWrite = context.time.uptime
      }
    }
  }

  private func idle() async {
    await withCheckedContinuation { idler = $0 }
  }

  private func wake() {
    idler?.resume()
    idler = nil
  }
}

extension Result where Failure == TradingError {
  fileprivate var isRefusedForItsSignature: Bool {
    switch self {
    case .success, .failure(.refused(.badRequest, _)), .failure(.refused(.insufficientFunds, _)):
      false
    case .failure: true
    }
  }
}

extension TradingConnection {
  /// Asks for an order.
  func order(_ id: String, within patience: Duration) async throws(TradingError) -> OrderUpdate {
    guard case .order(let update) = try await ask(.orderStatus(id: id), within: patience) else {
      throw .unreadable(operation: "order_status", "another answer")
    }
    return update
  }
}
