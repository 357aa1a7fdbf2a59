import Clocks
import Trading
import Transport

/// The server's side of a replay: lets connections in when the recording says so, hears what the
/// client says and says what the server said.
actor ReplayStage {
  /// What becomes of a dial.
  enum Verdict: Sendable {
    case accept(HTTPHeaders)
    case refuse(status: Int?)
  }

  private struct Dial {
    let lane: String
    let answer: CheckedContinuation<Verdict, Never>
  }

  private var dials: [Dial] = []
  private var verdicts: [String: [Verdict]] = [:]
  private var lines: [String: WebSocketConnection] = [:]
  private var heard: [(lane: String, message: RecordedMessage)] = []
  /// Frames that the client has taken in, by lane.
  private var taken: [String: Int] = [:]
  private var changes: [CheckedContinuation<Void, Never>] = []
  private var isOver = false

  /// Answers a dial when its time has come.
  func answer(_ request: HTTPServer.Request) async -> HTTPServer.Reply {
    let lane = request.target.split(separator: "=").last.map(String.init) ?? ""
    guard request.isWebSocketUpgrade, !isOver else { return .response(status: 404) }
    let verdict = await withCheckedContinuation { answer in
      dials.append(Dial(lane: lane, answer: answer))
      matchDials()
    }
    switch verdict {
    case .refuse(let status): return status.map { .response(status: $0) } ?? .hangUp
    case .accept(let headers):
      return .webSocket(headers: headers) { [weak self] in await self?.serve($0, lane) }
    }
  }

  private func serve(_ connection: WebSocketConnection, _ lane: String) async {
    lines[lane] = connection
    note()
    for await message in connection.messages {
      guard case .text(let text) = message,
        let message = RecordedFrame(at: 0, lane: lane, event: .out, frame: text).message
      else { continue }
      heard.append((lane, message))
      note()
    }
    if lines[lane] === connection { lines[lane] = nil }
    note()
  }

  private func matchDials() {
    for (index, dial) in dials.enumerated() {
      guard let verdict = verdicts[dial.lane]?.first else { continue }
      verdicts[dial.lane]?.removeFirst()
      dials.remove(at: index)
      dial.answer.resume(returning: verdict)
      return matchDials()
    }
  }

  private func note() {
    let waiting = changes
    changes = []
    for change in waiting { change.resume() }
  }

  // MARK: What the recording says

  func decide(_ lane: String, _ verdict: Verdict) {
    verdicts[lane, default: []].append(verdict)
    matchDials()
  }

  /// Whether every decision about this lane has met its dial.
  func isDecided(_ lane: String) -> Bool { verdicts[lane]?.isEmpty != false }

  func isOpen(_ lane: String) -> Bool { lines[lane] != nil }

  func say(_ text: String, over lane: String) async {
    // A client that has gone does not hear any more; the recording goes on all the same.
    _ = try? await lines[lane]?.send(.text(text))
  }

  func end(_ lane: String, code: Int?) async {
    guard let line = lines.removeValue(forKey: lane) else { return }
    if let code {
      await line.close(code: UInt16(clamping: code))
    } else {
      await line.reset()
    }
  }

  // MARK: What the client says

  /// Takes the question that the client has put, if it is this one.
  func take(_ message: RecordedMessage, from lane: String) -> Bool {
    guard
      let index = heard.firstIndex(where: { $0.lane == lane && $0.message.asksTheSame(as: message) }
      )
    else { return false }
    heard.remove(at: index)
    return true
  }

  /// The oldest question that nobody has answered.
  func nextUnanswered(_ lane: String) -> RecordedMessage? {
    guard let index = heard.firstIndex(where: { $0.lane == lane }) else { return nil }
    return heard.remove(at: index).message
  }

  func noteTaken(_ lane: String) {
    taken[lane, default: 0] += 1
    note()
  }

  func takenCount(_ lane: String) -> Int { taken[lane] ?? 0 }

  /// Waits, not for longer than `limit` of real time, until `condition` holds; says whether it does.
  func until(
    _ limit: Duration, _ condition: @Sendable (isolated ReplayStage) -> Bool
  ) async -> Bool {
    let clock = SystemTime()
    let end = clock.uptime + limit
    while !condition(self) {
      guard clock.uptime < end, !Task.isCancelled else { return false }
      let alarm = Task { [weak self] in
        do { try await clock.sleep(for: end - clock.uptime) } catch { return }
        await self?.note()
      }
      await withCheckedContinuation { changes.append($0) }
      alarm.cancel()
    }
    return true
  }

  /// Lets nobody wait any more.
  func close() {
    isOver = true
    for dial in dials { dial.answer.resume(returning: .refuse(status: 503)) }
    dials = []
    note()
  }
}
