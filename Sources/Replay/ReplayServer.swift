import Clocks
import Trading
import Transport

/// The server's side of a replay: lets connections in when the recording says so, hears what the
/// client says and says what the server said.
actor ReplayServer {
  /// What becomes of a dial.
  enum Verdict: Sendable {
    case accept(HTTPHeaders)
    case refuse(status: Int?)
  }

  private struct Dial {
    let purpose: String
    let answer: CheckedContinuation<Verdict, Never>
  }

  private var dials: [Dial] = []
  private var verdicts: [String: [Verdict]] = [:]
  private var lines: [String: WebSocketConnection] = [:]
  private var heard: [(purpose: String, message: RecordedMessage)] = []
  /// How many frames the client has handled, by the purpose of the connection.
  private var handled: [String: Int] = [:]
  private var changes: [CheckedContinuation<Void, Never>] = []
  private var isOver = false

  /// Answers a dial when its time has come.
  func answer(_ request: HTTPServer.Request) async -> HTTPServer.Reply {
    let purpose = request.target.split(separator: "=").last.map(String.init) ?? ""
    guard request.isWebSocketUpgrade, !isOver else { return .response(status: 404) }
    let verdict = await withCheckedContinuation { answer in
      dials.append(Dial(purpose: purpose, answer: answer))
      matchDials()
    }
    switch verdict {
    case .refuse(let status): return status.map { .response(status: $0) } ?? .hangUp
    case .accept(let headers):
      return .webSocket(headers: headers) { [weak self] in await self?.serve($0, purpose) }
    }
  }

  private func serve(_ connection: WebSocketConnection, _ purpose: String) async {
    lines[purpose] = connection
    note()
    for await message in connection.messages {
      guard case .text(let text) = message,
        let message = RecordedFrame(at: 0, purpose: purpose, event: .out, frame: text).message
      else { continue }
      heard.append((purpose, message))
      note()
    }
    if lines[purpose] === connection { lines[purpose] = nil }
    note()
  }

  private func matchDials() {
    for (index, dial) in dials.enumerated() {
      guard let verdict = verdicts[dial.purpose]?.first else { continue }
      verdicts[dial.purpose]?.removeFirst()
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

  func decide(_ purpose: String, _ verdict: Verdict) {
    verdicts[purpose, default: []].append(verdict)
    matchDials()
  }

  /// Whether every decision about a connection for this purpose has met its dial.
  func isDecided(_ purpose: String) -> Bool { verdicts[purpose]?.isEmpty != false }

  func isOpen(_ purpose: String) -> Bool { lines[purpose] != nil }

  func say(_ text: String, over purpose: String) async {
    // A client that has gone does not hear any more; the recording goes on all the same.
    _ = try? await lines[purpose]?.send(.text(text))
  }

  func end(_ purpose: String, code: Int?) async {
    guard let line = lines.removeValue(forKey: purpose) else { return }
    if let code {
      await line.close(code: UInt16(clamping: code))
    } else {
      await line.reset()
    }
  }

  // MARK: What the client says

  /// Removes this question from those that the client has put; false if it is not among them.
  func removeQuestion(_ message: RecordedMessage, from purpose: String) -> Bool {
    guard
      let index = heard.firstIndex(where: {
        $0.purpose == purpose && $0.message.asksTheSame(as: message)
      }
      )
    else { return false }
    heard.remove(at: index)
    return true
  }

  /// The oldest question that nobody has answered.
  func nextUnanswered(_ purpose: String) -> RecordedMessage? {
    guard let index = heard.firstIndex(where: { $0.purpose == purpose }) else { return nil }
    return heard.remove(at: index).message
  }

  func noteHandled(_ purpose: String) {
    handled[purpose, default: 0] += 1
    note()
  }

  func handledCount(_ purpose: String) -> Int { handled[purpose] ?? 0 }

  /// Waits, not for longer than `limit` of real time, until `condition` holds; says whether it does.
  func until(
    _ limit: Duration, _ condition: @Sendable (isolated ReplayServer) -> Bool
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
