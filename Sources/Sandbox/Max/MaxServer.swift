import Clocks
import Cryptography
import Transport

/// The MAX server: every connection, and the one world they share.
actor MaxServer: ScheduledServer {
  static let path = "/websocket"
  /// The same protocol in its binary notation.
  static let binaryPath = "/binary/websocket"
  static let origin = "https://web.max.ru"
  static let idleLimit: Duration = .seconds(300)
  static let pingInterval: Duration = .seconds(45)

  enum Duty: Sendable {
    case traffic
    case ring(account: Int64)
    case missCall(String)
    case finishCall(String)
    case ping(session: Int)
    case pingSignal(Int)
    case checkIdle(session: Int)
    case revoke(token: String)
    case respond(Reply)
    case announce(Int64)
    case send(WebSocketMessage, session: Int)
    case repeatMessage(MaxPush.NewMessage, seq: Int, session: Int, left: Int)
    case drop(session: Int)
    case outage(OutageStep)
  }

  let time: any TimeSource
  let events: EventLog
  let options: SandboxOptions
  let chance: any RandomSource
  let reachability: ReachabilityServers
  var state: MaxState
  var faults: FaultPlan
  var sessions = Sessions<MaxSession>()
  private(set) var place = Place()
  var duties: EventSchedule<Duty>

  /// Where the server can be reached.
  struct Place {
    /// `127.0.0.1:PORT`, known once the server listens.
    var host = ""
    /// The same with `http://` or `https://`.
    var address = ""
    /// Without it nobody is let in; what people write stays.
    var isReachable = true
  }

  init(
    options: SandboxOptions, reachability: ReachabilityServers, events: EventLog,
    time: any TimeSource, store: WorldStore? = nil
  ) {
    self.options = options
    faults = options.faults
    chance = RandomStream.traffic.source(seed: options.seed, run: store?.run ?? 0)
    state = MaxState(options, store: store, now: time.wallTime)
    self.reachability = reachability
    self.events = events
    self.time = time
    duties = EventSchedule(time: time)
  }

  /// Begins what happens by itself.
  func start(host: String, isSecure: Bool) {
    place.host = host
    place.address = (isSecure ? "https://" : "http://") + host
    if let interval = options.scenario.messengerInterval { schedule(.traffic, after: interval) }
  }

  func stop() {
    duties.close()
    reachability.stop()
  }

  /// Lets clients in, or nobody.
  func setReachability(_ isReachable: Bool) { place.isReachable = isReachable }

  // MARK: Connections

  func answer(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    guard place.isReachable else { return .response(status: 503) }
    let origin = request.headers["Origin"]
    let isAdmitted = origin == MaxServer.origin || origin == nil && !options.requiresOrigin
    switch String(request.path) {
    case MaxServer.path, MaxServer.binaryPath, MaxServer.signalPath:
      guard isAdmitted else { return .response(status: 403) }
    default: return serveFile(request)
    }
    switch String(request.path) {
    case MaxServer.signalPath:
      let query = request.query
      return .webSocket { [weak self] in await self?.serveSignal($0, query: query) }
    case let path:
      let notation: MaxWire.Notation = path == MaxServer.path ? .text : .binary
      if notation == .text, faults.standing(.text)?.value == "refused" {
        events.report(.fault(Fault.Kind.text.rawValue))
        return .response(status: 403)
      }
      return .webSocket { [weak self] in await self?.serve($0, as: notation) }
    }
  }

  private nonisolated func serve(
    _ connection: WebSocketConnection, as notation: MaxWire.Notation
  ) async {
    let queue = SendQueue()
    let id = await join(queue, as: notation)
    await converse(connection, through: queue) { await self.receive($0, from: id) }
    await leave(id)
  }

  private func join(_ queue: SendQueue, as notation: MaxWire.Notation) -> Int {
    let id = sessions.newID()
    var wire = MaxWire(notation: notation, files: place.address)
    wire.style.swapsIDs = faults.standing(.swapIDs) != nil
    wire.style.wrapsIntegers = faults.standing(.wrapIntegers) != nil
    sessions[id] = MaxSession(queue: queue, wire: wire, lastFrame: time.uptime)
    events.report(.connected(.max, connection: id))
    schedule(.checkIdle(session: id), after: MaxServer.idleLimit)
    return id
  }

  private func leave(_ id: Int) {
    let account = sessions[id]?.account
    sessions[id] = nil
    duties.remove { duty in
      switch duty {
      case .checkIdle(id), .ping(id), .send(_, id), .drop(id), .repeatMessage(_, _, id, _): true
      default: false
      }
    }
    events.report(.disconnected(.max, connection: id))
    if let account { noteDeparture(of: account) }
  }

  /// If nobody is left with this account: others see it, and its telephone is still.
  func noteDeparture(of account: Int64) {
    guard !onlineAccounts.contains(account) else { return }
    announcePresence(of: account)
    state.book.ringing.remove(account)
    duties.remove { duty in
      if case .ring(account) = duty { true } else { false }
    }
  }

  /// Accounts with at least one session, in a repeatable order.
  var onlineAccounts: [Int64] { Set(sessions.values.compactMap(\.account)).sorted() }

  func send(
    _ payload: (some Encodable)?, as command: MaxFrame.Command, seq: Int?, opcode: Int, to id: Int
  ) {
    guard let session = sessions[id] else { return }
    session.queue.send(
      session.wire.message(payload, cmd: command, seq: seq, opcode: opcode))
  }

  /// Sends a push to one session; returns the number it got.
  @discardableResult
  func push(_ payload: (some Encodable)?, opcode: Int, toSession id: Int) -> Int {
    guard let seq = sessions[id]?.nextPush else { return 0 }
    sessions[id]?.nextPush = (seq + 1) & 0xffff
    let isBare = faults.standing(.pushWithoutSeq) != nil
    send(payload, as: .request, seq: isBare ? nil : seq, opcode: opcode, to: id)
    return seq
  }

  /// Sends a push to every session of `account` but `excluded`.
  func push(
    _ payload: (some Encodable)?, opcode: Int, to account: Int64, except excluded: Int? = nil
  ) {
    for id in sessions.keys.sorted() where id != excluded && sessions[id]?.account == account {
      push(payload, opcode: opcode, toSession: id)
    }
  }

  func strikes(_ kind: Fault.Kind, opcode: Int? = nil) -> Fault? {
    guard let fault = faults.strike(kind, opcode: opcode) else { return nil }
    events.report(.fault(kind.rawValue))
    return fault
  }

  // MARK: Time

  /// Pings a session from now on, once each interval however often it logs in.
  func restartPings(of id: Int) {
    duties.remove { duty in
      if case .ping(id) = duty { true } else { false }
    }
    schedule(.ping(session: id), after: MaxServer.pingInterval)
  }

  func perform(_ duty: Duty, at moment: Duration) {
    switch duty {
    case .traffic:
      makeTraffic()
      if let interval = options.scenario.messengerInterval {
        schedule(.traffic, at: moment + interval)
      }
    case .ring(let account): ring(account, at: moment)
    case .missCall(let id): endCall(id, hangup: "CANCELED")
    case .finishCall(let id): endCall(id, hangup: "HUNGUP")
    case .respond(let reply): respond(reply, at: moment)
    case .revoke(let token):
      events.report(.fault(Fault.Kind.forcedLogoutAfter.rawValue))
      forceLogout(token)
    case .announce(let file): announce(file)
    case .send(let message, let id): sessions[id]?.queue.send(message)
    case .repeatMessage(let update, let seq, let id, let left):
      repeatMessage(update, seq: seq, toSession: id, left: left, at: moment)
    case .drop(let id): sessions[id]?.queue.drop()
    case .outage(let step): takeStep(step, at: moment)
    case .pingSignal(let id): pingSignal(id, at: moment)
    case .ping(let id):
      push(EmptyPayload(), opcode: 1, toSession: id)
      schedule(.ping(session: id), at: moment + MaxServer.pingInterval)
    case .checkIdle(let id):
      guard let session = sessions[id] else { return }
      let end = session.lastFrame + MaxServer.idleLimit
      if end <= moment {
        session.queue.close(code: 1001, reason: "idle")
      } else {
        schedule(.checkIdle(session: id), at: end)
      }
    }
  }
}
