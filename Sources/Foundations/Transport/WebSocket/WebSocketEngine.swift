import CCurl

/// One open WebSocket connection on the network thread, client or server side: moves bytes between
/// channel, codec and message buffer, and keeps the deadlines.
final class WebSocketEngine: NetworkMember {
  private enum Phase: Equatable {
    case open
    /// Our close frame is on its way or waits for the peer's.
    case closing(code: UInt16, deadline: Duration)
    /// The outcome is known; what is written is flushed and the peer's end awaited.
    case draining(deadline: Duration)
    /// A fault injected by a server: nothing moves any more.
    case stalled
    case gone
  }

  private let channel: any ByteChannel
  private let codec: FrameCodec
  private let limits: WebSocketLimits
  private let incoming: MessageBuffer
  private unowned let core: NetworkCore
  /// Takes the connection off the network thread and tells its owner.
  private let leave: () -> Void

  private var phase = Phase.open
  private var reading: Reading
  private var outgoing: OutgoingMessages
  private var pings: PingTracker

  /// What has been read, and whether more may be.
  private struct Reading {
    var input: ByteQueue
    var last: Duration
    /// The message buffer is full: nothing is read until its reader has caught up.
    var isPaused = false
    /// A turn was ended for fairness before the socket was empty.
    var wantsAnotherTurn = false
    /// Pings of the peer since its socket last took everything we had.
    var unansweredPings = 0
  }

  init(
    identifier: Int, role: FrameCodec.Role, channel: any ByteChannel, limits: WebSocketLimits,
    incoming: MessageBuffer, alreadyRead: ByteQueue, core: NetworkCore,
    onGone: @escaping () -> Void = {}
  ) throws(TransportError) {
    self.channel = channel
    self.limits = limits
    self.incoming = incoming
    self.core = core
    leave = { [unowned core] in
      core.remove(identifier)
      onGone()
    }
    codec = try FrameCodec(role: role, messageBytes: limits.messageBytes)
    let now = core.now
    reading = Reading(input: alreadyRead, last: now)
    outgoing = OutgoingMessages(lastWritten: now)
    // A client wants to know the round trip from the start; a server only whether the peer is there.
    let first = role == .client ? now : now + (limits.pingInterval ?? .zero)
    pings = PingTracker(limits: limits, first: first)
  }

  // MARK: What the connection's handle asks for

  func send(_ message: WebSocketMessage, _ waiter: Promise<Void>) {
    enqueue(.message(message), waiter)
  }

  /// Several in a row, which the socket may take at once.
  func send(_ messages: some Collection<WebSocketMessage>, _ waiter: Promise<Void>) {
    guard phase == .open || phase == .stalled else { return refuse(waiter) }
    let deadline = core.now + limits.sendTimeout
    for (index, message) in messages.enumerated() {
      let isLast = index == messages.count - 1
      outgoing.append(.message(message), isLast ? waiter : Promise<Void>(), deadline: deadline)
    }
    advance(at: core.now)
  }

  /// Bytes past the codec, for faults.
  func writeRaw(_ bytes: [UInt8], _ waiter: Promise<Void>) { enqueue(.raw(bytes), waiter) }

  /// Takes back a message that has not been encoded yet.
  func withdraw(_ sent: Promise<Void>) { outgoing.withdraw(sent) }

  func ping(_ waiter: Promise<Duration>) {
    guard phase == .open else { return refuse(waiter) }
    sendPing(waiter, at: core.now)
    advance(at: core.now)
  }

  func close(code: UInt16, reason: String) {
    switch phase {
    case .open:
      phase = .closing(code: code, deadline: core.now + limits.closeTimeout)
      outgoing.closeReason = reason
      // From here on messages are dropped: a reader that has stopped must not hold up the close.
      reading.isPaused = false
      advance(at: core.now)
    case .stalled: end(.byUs(code: code))
    case .closing, .draining, .gone: break
    }
  }

  func resumeReading() {
    guard reading.isPaused else { return }
    reading.isPaused = false
    reading.last = core.now
    advance(at: core.now)
  }

  func abort() { end(.failed("given up by this program")) }

  func reset() {
    channel.prepareReset()
    end(.byUs(code: 1006))
  }

  func stall() { phase = .stalled }

  private func enqueue(_ content: OutgoingMessages.Content, _ waiter: Promise<Void>) {
    guard phase == .open || phase == .stalled else { return refuse(waiter) }
    outgoing.append(content, waiter, deadline: core.now + limits.sendTimeout)
    advance(at: core.now)
  }

  private func refuse<Value>(_ waiter: Promise<Value>) {
    waiter.complete(.failure(.closed(incoming.ended ?? .byUs(code: closingCode ?? 1000))))
  }

  private var closingCode: UInt16? {
    if case .closing(let code, _) = phase { code } else { nil }
  }

  // MARK: The loop's view

  var interest: (descriptor: Int32, events: Int32)? {
    guard phase != .gone, phase != .stalled else { return nil }
    let events =
      (reading.isPaused ? 0 : CURL_WAIT_POLLIN) | (codec.output.isEmpty ? 0 : CURL_WAIT_POLLOUT)
    return events == 0 ? nil : (channel.descriptor, events)
  }

  var deadline: Duration? {
    if phase == .gone || phase == .stalled { return nil }
    if reading.wantsAnotherTurn { return .zero }
    switch phase {
    case .closing(_, let deadline), .draining(let deadline): return deadline
    case .open, .stalled, .gone:
      return [pings.nextDue, pings.waiterDeadline, pongDeadline, sendDeadline]
        .compactMap { $0 }.min()
    }
  }

  func advance(at now: Duration) {
    guard phase != .gone, phase != .stalled else { return }
    reading.wantsAnotherTurn = false
    checkDeadlines(at: now)
    for _ in 0..<16 {
      let hasRead = receive(at: now)
      transmit(at: now)
      guard hasRead, phase != .gone else { return }
    }
    reading.wantsAnotherTurn = true
  }

  // MARK: Deadlines

  /// While nothing is read no pong can be seen.
  private var pongDeadline: Duration? {
    reading.isPaused ? nil : pings.peerDeadline(lastRead: reading.last)
  }

  private var sendDeadline: Duration? {
    outgoing.deadline(isStuck: !codec.output.isEmpty, limits)
  }

  private func checkDeadlines(at now: Duration) {
    func passed(_ deadline: Duration?) -> Bool { deadline.map { $0 <= now } ?? false }
    switch phase {
    case .closing(_, let deadline): if passed(deadline) { end(.timedOut(.close)) }
    case .draining(let deadline): if passed(deadline) { end() }
    case .stalled, .gone: break
    case .open:
      if passed(sendDeadline) { return end(.timedOut(.send)) }
      if passed(pongDeadline) {
        // What is in the socket already counts as arrived in time: the loop may have been late.
        if !receive(at: now), passed(pongDeadline) { return end(.timedOut(.pong)) }
      }
      pings.expireWaiters(at: now)
      if passed(pings.nextDue), phase == .open { sendPing(nil, at: now) }
    }
  }

  private func sendPing(_ waiter: Promise<Duration>?, at now: Duration) {
    if let payload = pings.begin(waiter, at: now) { codec.sendPing(payload) }
  }

  // MARK: In

  /// Reads once and looks at it. Returns false when there was nothing to read or the message buffer is full.
  private func receive(at now: Duration) -> Bool {
    digest(at: now)
    guard !reading.isPaused, phase != .gone else { return false }
    switch channel.read(into: core.scratch) {
    case .bytes(let count):
      reading.last = now
      if case .draining = phase { return true }
      reading.input.append(UnsafeRawBufferPointer(rebasing: core.scratch[..<count]))
      digest(at: now)
      return true
    case .wouldBlock: return false
    case let ending:
      // After our close frame a peer may simply go.
      let answered = closingCode.flatMap {
        codec.output.isEmpty && outgoing.closeReason == nil ? $0 : nil
      }
      end(answered.map { .byUs(code: $0) } ?? ending.closure)
      return false
    }
  }

  /// Feeds the codec in small pieces, so that a full message buffer stops it soon.
  private func digest(at now: Duration) {
    while !reading.input.isEmpty, !reading.isPaused, phase != .gone {
      if case .draining = phase { return reading.input.consume(reading.input.count) }
      let (events, count) = reading.input.withUnread { bytes in
        let piece = UnsafeRawBufferPointer(rebasing: bytes.prefix(4096))
        return (codec.receive(piece), piece.count)
      }
      reading.input.consume(count)
      for event in events { handle(event, at: now) }
    }
  }

  private func handle(_ event: FrameCodec.Event, at now: Duration) {
    switch event {
    case .message(let message):
      if phase == .open, incoming.deliver(message) { reading.isPaused = true }
    case .ping:
      reading.unansweredPings += 1
      if reading.unansweredPings > 4096 {
        end(.violation(code: 1008, "pings without reading pongs"))
      }
    case .pong(let payload):
      if let roundTrip = pings.answer(payload, at: now) { incoming.setRoundTrip(roundTrip) }
    case .close(let code, let reason):
      if let ours = closingCode {
        finish(.byUs(code: ours), at: now)
      } else {
        finish(.byPeer(code: code, reason: reason), at: now)
      }
    case .violation(let code, let text): finish(.violation(code: code, text), at: now)
    }
  }

  // MARK: Out

  private func transmit(at now: Duration) {
    while phase != .gone {
      encode(at: now)
      guard !codec.output.isEmpty else { break }
      switch codec.output.withUnread({ channel.write($0) }) {
      case .bytes(let count):
        codec.output.consume(count)
        outgoing.noteWritten(codec.output.consumed, at: now)
      case .wouldBlock: return
      case let ending:
        // What the peer sent before it went is still to be read.
        while receive(at: now) {}
        return end(ending.closure)
      }
    }
    reading.unansweredPings = 0
    // The side that accepted ends the connection first (RFC 6455 §7.1.1), but only after a clean
    // close: bytes left unread would turn the end into a reset and lose our close frame.
    if case .draining = phase, codec.role == .server, isCleanlyClosed { end() }
  }

  private func encode(at now: Duration) {
    outgoing.encode(with: codec, limit: limits.outgoingBytes, at: now)
    if case .closing(let code, _) = phase, let reason = outgoing.takeCloseReason() {
      codec.sendClose(code: code, reason: reason)
    }
  }

  // MARK: The end

  private var isCleanlyClosed: Bool {
    switch incoming.ended {
    case .byPeer, .byUs: true
    default: false
    }
  }

  /// Tells everyone how it ended and begins to drain.
  private func finish(_ closure: WebSocketClosure, at now: Duration) {
    tell(closure)
    phase = .draining(deadline: now + limits.closeTimeout)
  }

  private func end(_ closure: WebSocketClosure) {
    tell(closure)
    end()
  }

  private func end() {
    guard phase != .gone else { return }
    phase = .gone
    channel.close()
    leave()
  }

  private func tell(_ closure: WebSocketClosure) {
    incoming.finish(closure)
    let outcome = incoming.ended ?? closure
    outgoing.fail(.closed(outcome))
    pings.end(.closed(outcome))
    reading.isPaused = false
  }
}
