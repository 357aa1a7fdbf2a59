import Accounts
import Clocks
import Domain
import Trading
import TradingService
import Transport

/// Goes through a recording line by line: as the server, and as the person who asked for quotes and
/// swaps.
actor ReplayDriver {
  /// Real time that the client gets to do by itself what it did when it was recorded.
  private static let patience: Duration = .milliseconds(400)
  /// How often a dial is waited for, a recorded second each.
  private static let dialAttempts = 40

  private let server: ReplayServer
  private let trader: TradingAccount
  private let time: ManualTime
  private let speed: Double?
  private var quotes: [Task<Quote?, Never>] = []
  private var errands: [Task<Void, Never>] = []
  private var frames: [RecordedFrame] = []
  /// Lines that were played out of turn.
  private var played: Set<Int> = []

  init(server: ReplayServer, trader: TradingAccount, time: ManualTime, speed: Double?) {
    self.server = server
    self.trader = trader
    self.time = time
    self.speed = speed
  }

  func play(_ frames: [RecordedFrame]) async {
    self.frames = frames
    for (index, frame) in frames.enumerated() where !played.contains(index) {
      guard !Task.isCancelled else { break }
      await pass(until: frame.at)
      switch frame.event {
      case .open:
        var headers = HTTPHeaders()
        headers["Date"] = frame.date.map(HTTPHeaders.dateText) ?? "unknown"
        await server.decide(frame.purpose, .accept(headers))
        await awaitDial(frame.purpose)
        let purpose = frame.purpose
        _ = await server.until(ReplayDriver.patience) { $0.isOpen(purpose) }
      case .refused:
        await server.decide(frame.purpose, .refuse(status: frame.status))
        await awaitDial(frame.purpose)
      case .out: await hear(frame)
      case .in: await say(frame.frame ?? "", over: frame.purpose)
      case .close: await close(frame)
      }
    }
    for errand in errands { errand.cancel() }
    for quote in quotes { quote.cancel() }
    // What was said last is still being stored.
    _ = await server.until(ReplayDriver.patience) { _ in false }
  }

  private func pass(until moment: Int64) async {
    if let speed, moment > time.wallTime {
      let wait = Duration.milliseconds(moment - time.wallTime) / speed
      do { try await SystemTime().sleep(for: wait) } catch { return }
    }
    await advance(to: moment)
  }

  /// The client waits before it dials again, and not as long as it did then.
  private func awaitDial(_ purpose: String) async {
    for _ in 0..<ReplayDriver.dialAttempts {
      if await server.until(.milliseconds(50), { $0.isDecided(purpose) }) { return }
      await trader.retryNow()
      await advance(to: time.wallTime + 1000)
    }
  }

  private func say(_ text: String, over purpose: String) async {
    let before = await server.handledCount(purpose)
    guard await server.isOpen(purpose) else { return }
    await server.say(text, over: purpose)
    _ = await server.until(ReplayDriver.patience) { $0.handledCount(purpose) > before }
    for _ in 0..<50 { await Task.yield() }
  }

  private func close(_ frame: RecordedFrame) async {
    let purpose = frame.purpose
    if frame.byUs == true, await server.until(ReplayDriver.patience, { !$0.isOpen(purpose) }) {
      return
    }
    let before = await server.handledCount(purpose)
    guard await server.isOpen(purpose) else { return }
    await server.end(purpose, code: frame.code)
    _ = await server.until(ReplayDriver.patience) { $0.handledCount(purpose) > before }
  }

  // MARK: What we said

  private func hear(_ frame: RecordedFrame) async {
    guard let message = frame.message else { return }
    let purpose = frame.purpose
    ask(message, isFirst: true)
    if await server.until(ReplayDriver.patience, { $0.removeQuestion(message, from: purpose) }) {
      return
    }
    // It may be busy with something that it did not ask then, or only later.
    while let other = await server.nextUnanswered(purpose) {
      await improvise(other, purpose)
      if await server.until(ReplayDriver.patience, { $0.removeQuestion(message, from: purpose) }) {
        return
      }
    }
    ask(message, isFirst: false)
    _ = await server.until(ReplayDriver.patience) { $0.removeQuestion(message, from: purpose) }
  }

  /// Goes on to `moment` (wall-clock milliseconds): who sleeps until then wakes at its time, with a
  /// chance to do what it slept for.
  private func advance(to moment: Int64) async {
    while time.wakeNext(until: moment) {
      for _ in 0..<20 { await Task.yield() }
    }
  }

  /// Does what a person did: quotes and swaps at once, other questions only if the client does not put
  /// them by itself.
  private func ask(_ message: RecordedMessage, isFirst: Bool) {
    // What fails here failed in the recording too, where its consequences stand.
    let client = trader.client
    switch message.operation {
    case "estimate" where isFirst:
      guard let request = message.quote else { return }
      quotes.append(Task { try? await client.estimate(request) })
    case "swap" where isFirst:
      guard let request = message.swap else { return }
      let quotes = quotes
      errands.append(
        Task {
          for task in quotes.reversed() {
            guard let quote = await task.value, quote.request.amount == request.amount,
              quote.request.from == request.from, quote.request.to == request.to
            else { continue }
            _ = await client.swap(request, quote: quote)
            return
          }
        })
    case "order_status" where !isFirst:
      guard let id = message.id else { return }
      errands.append(Task { _ = try? await client.orderStatus(id: id) })
    case "balances" where !isFirst:
      errands.append(Task { _ = try? await client.balances() })
    default: break
    }
  }

  /// Answers a question that the recording does not have here: as it answered the same one later or
  /// earlier, or as a server would that knows nothing.
  private func improvise(_ message: RecordedMessage, _ purpose: String) async {
    let later = frames.indices.first { index in
      !played.contains(index) && frames[index].at >= time.wallTime
        && frames[index].purpose == purpose
        && frames[index].event == .out && frames[index].message?.asksTheSame(as: message) == true
    }
    if let later,
      let answer = frames.indices.first(where: { index in
        index > later && frames[index].purpose == purpose && frames[index].event == .in
          && frames[index].message?.operation == message.operation
      })
    {
      played.formUnion([later, answer])
      return await say(frames[answer].frame ?? "", over: purpose)
    }
    let earlier = frames.last { frame in
      frame.event == .in && frame.at <= time.wallTime
        && frame.message?.operation == message.operation
        && (message.operation == "balances"
          || message.operation == "order_status" && frame.message?.id == message.id)
    }
    await say(earlier?.frame ?? message.plainAnswer, over: purpose)
  }
}

extension RecordedMessage {
  fileprivate var plainAnswer: String {
    switch operation {
    case "auth": #"{"op":"auth","data":{"status":"authenticated"}}"#
    case "subscribe", "unsubscribe":
      #"{"op":"\#(operation ?? "")","ch":"\#(channel ?? "")","#
        + #""data":{"status":"\#(operation ?? "")d"}}"#
    case "order_status": #"{"error":"Order not found"}"#
    default: #"{"error":"Invalid request: not in the recording"}"#
    }
  }
}
