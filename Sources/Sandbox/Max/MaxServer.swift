import Cryptography
import Transport

/// The MAX server: every connection, and the one world they share.
actor MaxServer: PunctualServer {
  static let path = "/websocket"
  static let origin = "https://web.max.ru"
  static let idleLimit: Duration = .seconds(300)
  static let pingInterval: Duration = .seconds(45)

  struct Session {
    enum Stage {
      case fresh, greeted
      case online(account: Int64, token: String)
    }

    let outbox: Outbox
    var stage = Stage.fresh
    /// Of the newest request; requests must count upwards.
    var lastRequest = -1
    /// Of the next push: the server counts its own.
    var nextPush = 0
    var frames = 0
    var lastFrame: Duration

    var account: Int64? {
      if case .online(let account, _) = stage { account } else { nil }
    }
  }

  enum Duty: Sendable {
    case traffic
    case ring(account: Int64)
    case missCall(String)
    case ping(session: Int)
    case checkIdle(session: Int)
    case revoke(token: String)
    case respond(Reply)
  }

  let time: any TimeSource
  let events: EventLog
  let scenario: Scenario
  private let requiresOrigin: Bool
  let chance: any RandomSource
  var world: MessengerWorld
  let population: Population
  var desk: SignInDesk
  var calls: [Call] = []
  /// Accounts whose telephone rings from time to time.
  var ringing: Set<Int64> = []
  var faults: FaultPlan
  var sessions: [Int: Session] = [:]
  /// `127.0.0.1:PORT`, known once the server listens.
  var host = ""
  private var lastSession = 0
  var timetable: Timetable<Duty>

  init(options: SandboxOptions, events: EventLog, time: any TimeSource) {
    scenario = options.scenario
    requiresOrigin = options.requiresOrigin
    faults = options.faults
    chance = Chance.traffic.source(seed: options.seed)
    desk = SignInDesk(seed: options.seed)
    population = Population(seed: options.seed, now: options.epoch ?? time.wallTime)
    world = population.world()
    self.events = events
    self.time = time
    timetable = Timetable(time: time)
  }

  /// Begins what happens by itself.
  func start(host: String) {
    self.host = host
    if let interval = scenario.messengerInterval { schedule(.traffic, after: interval) }
  }

  func stop() { timetable.close() }

  // MARK: Connections

  /// Whether a connection may come from `origin`.
  nonisolated func admits(origin: String?) -> Bool {
    origin == MaxServer.origin || origin == nil && !requiresOrigin
  }

  func join(_ outbox: Outbox) -> Int {
    lastSession += 1
    sessions[lastSession] = Session(outbox: outbox, lastFrame: time.uptime)
    events.report(.connected(.max, connection: lastSession))
    schedule(.checkIdle(session: lastSession), after: MaxServer.idleLimit)
    return lastSession
  }

  func leave(_ id: Int) {
    sessions[id] = nil
    timetable.remove { duty in
      switch duty {
      case .checkIdle(id), .ping(id): true
      default: false
      }
    }
    events.report(.disconnected(.max, connection: id))
  }

  /// Accounts with at least one session, in a repeatable order.
  var onlineAccounts: [Int64] { Set(sessions.values.compactMap(\.account)).sorted() }

  func send(
    _ payload: (some Encodable)?, as command: MaxFrame.Command, seq: Int, opcode: Int, to id: Int
  ) {
    let frame = MaxFrame.Outgoing(cmd: command, seq: seq, opcode: opcode, payload: payload)
    sessions[id]?.outbox.send(.text(JSONText.encode(frame)))
  }

  /// Sends a push to one session.
  func push(_ payload: (some Encodable)?, opcode: Int, toSession id: Int) {
    guard let seq = sessions[id]?.nextPush else { return }
    sessions[id]?.nextPush += 1
    send(payload, as: .request, seq: seq, opcode: opcode, to: id)
  }

  /// Sends a push to every session of `account` but `excluded`.
  func push(
    _ payload: (some Encodable)?, opcode: Int, to account: Int64, except excluded: Int? = nil
  ) {
    for id in sessions.keys.sorted() where id != excluded && sessions[id]?.account == account {
      push(payload, opcode: opcode, toSession: id)
    }
  }

  func strikes(_ kind: Fault.Kind) -> Fault? {
    guard let fault = faults.strike(kind) else { return nil }
    events.report(.fault(kind.rawValue))
    return fault
  }

  // MARK: Time

  /// Pings a session from now on, once each interval however often it logs in.
  func restartPings(of id: Int) {
    timetable.remove { duty in
      if case .ping(id) = duty { true } else { false }
    }
    schedule(.ping(session: id), after: MaxServer.pingInterval)
  }

  func perform(_ duty: Duty, at moment: Duration) {
    switch duty {
    case .traffic:
      makeTraffic()
      if let interval = scenario.messengerInterval { schedule(.traffic, at: moment + interval) }
    case .ring(let account): ring(account, at: moment)
    case .missCall(let id): endCall(id, hangup: "CANCELED")
    case .respond(let reply): respond(reply, at: moment)
    case .revoke(let token): forceLogout(token)
    case .ping(let id):
      push(EmptyPayload(), opcode: 1, toSession: id)
      schedule(.ping(session: id), at: moment + MaxServer.pingInterval)
    case .checkIdle(let id):
      guard let session = sessions[id] else { return }
      let end = session.lastFrame + MaxServer.idleLimit
      if end <= moment {
        session.outbox.close(code: 1001, reason: "idle")
      } else {
        schedule(.checkIdle(session: id), at: end)
      }
    }
  }
}
