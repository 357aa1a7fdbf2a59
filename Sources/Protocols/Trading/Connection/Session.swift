import Clocks
import Domain
import Transport

/// One connection, from its first message to its last, with one question at a time.
///
/// Replies carry no number, and errors not even an operation: only a single open question makes
/// plain what an answer belongs to. A question that gets no answer in time ends the connection,
/// since its late answer would be taken for the next one's.
actor Session {
  /// What a session tells beside the answers.
  enum Event: Sendable {
    case balances(BalancesData, isSnapshot: Bool)
    case order(OrderUpdate)
    case straySwap(OrderUpdate)
    case warning(TradingWarning)
  }

  private struct Question {
    let id: Int
    let operation: Operation
    /// On the uptime clock.
    let signedAt: Duration
    let answer: CheckedContinuation<Result<Reply, TradingError>, Never>
  }

  private let connection: WebSocketConnection
  private let time: any TimeSource
  private let recorder: FrameRecorder?
  private let report: @Sendable (Event) async -> Void
  private var open: Question?
  private var asked = 0
  private var hasReportedNoise = false
  private var history = AnswerHistory()
  /// Whether no more questions are taken.
  private(set) var isClosed = false

  init(
    _ connection: WebSocketConnection, time: any TimeSource, recorder: FrameRecorder? = nil,
    report: @escaping @Sendable (Event) async -> Void
  ) {
    self.connection = connection
    self.time = time
    self.recorder = recorder
    self.report = report
  }

  nonisolated var roundTrip: Duration? { connection.roundTrip }

  /// Reads until the connection ends, and says how it did.
  func run() async -> WebSocketClosure {
    for await message in connection.messages { await receive(message) }
    isClosed = true
    // Reading also ends when this task is cancelled; the connection is then still open.
    await connection.close()
    let closure = await connection.closure
    recorder?.ended(closure)
    if let open { settle(.failure(.lost(operation: open.operation.name, closure))) }
    return closure
  }

  /// Writes one message and waits for its answer. `notReady` means that nothing was written;
  /// everything else may have reached the server. `signedAt` is the uptime that the message's time
  /// was taken at.
  func ask(
    _ frame: String, for operation: Operation, signedAt: Duration, within patience: Duration
  ) async throws(TradingError) -> Reply {
    guard !isClosed, open == nil else { throw .notReady }
    asked += 1
    let id = asked
    let deadline = Task {
      do { try await time.sleep(for: patience) } catch { return }
      await expire(id, after: patience)
    }
    defer { deadline.cancel() }
    let result = await withCheckedContinuation { answer in
      // Open before writing: the answer may be here before `send` returns.
      open = Question(id: id, operation: operation, signedAt: signedAt, answer: answer)
      Task { await write(frame, id) }
    }
    return try result.get()
  }

  func close() async {
    isClosed = true
    await connection.close()
  }

  private func write(_ frame: String, _ id: Int) async {
    recorder?.sent(frame)
    do { try await connection.send(.text(frame)) } catch {
      guard let open, open.id == id else { return }
      // Part of it may have left, so this is no proof that nothing arrived.
      let closure: WebSocketClosure
      if case .closed(let how) = error { closure = how } else { closure = .failed("\(error)") }
      settle(.failure(.lost(operation: open.operation.name, closure)))
      await close()
    }
  }

  private func expire(_ id: Int, after patience: Duration) async {
    guard let open, open.id == id else { return }
    isClosed = true
    settle(.failure(.noReply(operation: open.operation.name, after: patience)))
    await connection.close()
  }

  private func settle(_ result: Result<Reply, TradingError>) {
    open?.answer.resume(returning: result)
    open = nil
  }

  private func receive(_ message: WebSocketMessage) async {
    recorder?.received(message)
    switch IncomingFrame(message) {
    case .error(let text, let operation, let isAlone):
      // Beside an answer no error proves that nothing was done: it is none of the known words then.
      let text = isAlone ? text : "\(text) (beside an answer)"
      await receive(error: text, operation: operation)
    case .reply(let operation, let channel, let data):
      await receive(reply: data, operation: operation, channel: channel)
    case .push(let channel, let data): await receive(push: data, channel: channel)
    case .unreadable(let reason): await reportNoise(reason)
    }
  }

  private func receive(error text: String, operation: String?) async {
    // Longer ones are no sentence for a person any more.
    var text = text.cut(to: 200)
    let refusal = TradingRefusal(text: text)
    // The server has forgotten us, or one of the clocks has moved: both are cured by a new
    // connection, which measures and authenticates afresh.
    if refusal == .notAuthenticated || refusal == .timestampOutsideWindow { isClosed = true }
    if let open, operation == nil || operation == open.operation.name {
      if let doubt = doubt(about: open) { text += " (\(doubt))" }
      if !open.operation.isRepeatable, refusal.provesNothingWasDone(text) {
        // One more of them is as odd as any other second answer.
        history.hasHeardTwice = true
        Task { await hearOut(open.id, text) }
        return
      }
      settle(.failure(.refused(refusal, text: text)))
    } else {
      history.hasHeardTwice = true
      await report(.warning(.serverError(text)))
    }
    if isClosed { await connection.close() }
  }

  /// Within this time of the signature the answer to a swap can be the answer to its first copy.
  ///
  /// A server takes messages that are up to 30 seconds old (the vendor's guide). A first copy that was
  /// taken is followed by a refusal for its time only if it grew too old in between: after most of 30
  /// seconds where the clocks agree, and after less the further they are apart. A gateway repeats
  /// after seconds what it got no answer to. A server that refuses the first copy does so at once: two
  /// seconds are room for a slow line, and a fifteenth of the window.
  private static let promptness: Duration = .seconds(2)

  /// The words that prove that a swap was not carried out count once everything was heard that the
  /// server had said by the time it answered a ping: they may have been about something older, and the
  /// swap's own answer may follow them.
  private func hearOut(_ id: Int, _ text: String) async {
    let isHeard: Bool
    do {
      _ = try await connection.ping()
      isHeard = true
    } catch {
      // Why it ended does not matter: what came after the words cannot be known any more.
      isHeard = false
    }
    if let open, open.id == id {
      let text = isHeard ? text : "\(text) (and the connection ended)"
      settle(.failure(.refused(TradingRefusal(text: text), text: text)))
    }
    await connection.close()
  }

  /// Why an error says nothing of what became of a swap, although it is the only open question.
  private func doubt(about question: Question) -> String? {
    guard !question.operation.isRepeatable else { return nil }
    if time.uptime - question.signedAt > Session.promptness { return "late" }
    return history.hasHeardTwice ? "where answers are repeated" : nil
  }

  private func receive(reply data: FrameData, operation: String, channel: String?) async {
    guard let open, open.operation.name == operation,
      channel == nil || channel == open.operation.channel?.name
    else {
      await receive(stray: data, operation: operation)
      return
    }
    let result: Result<Reply, TradingError>
    do { result = .success(try Reply(to: open.operation, data)) } catch { result = .failure(error) }
    if case .success(let reply) = result, history.repeats(reply, for: open.operation) {
      // Its own answer is still to come.
      history.hasHeardTwice = true
      await report(.warning(.strayReply(operation)))
      return
    }
    // Told before the answer is handed over, so that pushes that follow are told after it.
    if case .success(.balances(let balances)) = result {
      await report(.balances(balances, isSnapshot: true))
    }
    guard self.open?.id == open.id else { return }
    history.note(result, to: open.operation)
    settle(result)
  }

  private func receive(stray data: FrameData, operation: String) async {
    history.hasHeardTwice = true
    if operation == "swap" {
      do throws(DecodingFailure) {
        return await report(.straySwap(try data.decode(OrderData.self).update))
      } catch {
        await reportNoise(error.reason)
      }
    }
    await report(.warning(.strayReply(operation)))
  }

  private func receive(push data: FrameData, channel: Channel) async {
    do throws(DecodingFailure) {
      switch channel {
      case .balances:
        await report(.balances(try data.decode(BalancesData.self), isSnapshot: false))
      case .order(let id):
        let update = try data.decode(OrderData.self).update
        if update.orderId == id {
          await report(.order(update))
        } else {
          await reportNoise("an update of another order than its channel's")
        }
      }
    } catch {
      await reportNoise(error.reason)
    }
  }

  /// Once a connection: a server that sends noise sends a lot of it.
  private func reportNoise(_ reason: String) async {
    guard !hasReportedNoise else { return }
    hasReportedNoise = true
    await report(.warning(.unreadable(reason)))
  }
}

/// What was answered on one connection, so far as it could be answered a second time.
private struct AnswerHistory {
  /// What could be answered a second time, so late that it looks like the answer to the next one.
  private var formerEstimate: QuoteRequest?
  private var placedOrders: Set<String> = []
  /// Whether more was answered here than was asked: something on the way repeats messages.
  var hasHeardTwice = false

  /// Whether a reply is an earlier question's over again and cannot be this one's.
  func repeats(_ reply: Reply, for operation: Operation) -> Bool {
    switch (reply, operation) {
    case (.estimate(let data), .estimate(let request)):
      guard let former = formerEstimate, former != request else { return false }
      return data.mayAnswer(former) && !data.mayAnswer(request)
    case (.order(let update), .swap(let request)):
      return placedOrders.contains(update.orderId)
        && update.clientOrderId != request.clientOrderId.text
    default: return false
    }
  }

  mutating func note(_ result: Result<Reply, TradingError>, to operation: Operation) {
    switch (result, operation) {
    case (.success, .estimate(let request)): formerEstimate = request
    case (.success(.order(let update)), .swap): placedOrders.insert(update.orderId)
    default: break
    }
  }
}
