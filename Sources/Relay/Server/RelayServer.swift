import Clocks
import Cryptography
import Database
import Synchronization
import Transport

/// A TextSecure relay: accounts, prekeys, message queues and attachments behind the API of 2014.
///
/// It sees ciphertext, and who writes to whom. With a data directory everything that a client was
/// told has happened survives a crash.
public final class RelayServer: Sendable {
  /// `http://127.0.0.1:PORT`, or `https://`; the configuration's public URL if it has one.
  public let url: String
  /// What happens. One reader; the newest 4096 events wait for it.
  public let events: AsyncStream<RelayEvent>

  private let api: RelayAPI
  private let listener: HTTPServer
  private let work: WorkInFlight

  /// Opens the store and returns when connections are accepted.
  public static func start(
    _ configuration: RelayServerConfiguration, network: Network,
    time: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom()
  ) async throws(RelayError) -> RelayServer {
    guard configuration.tls != nil || ListenAddress.isLoopback(configuration.address) else {
      throw .needsTLS(address: configuration.address)
    }
    guard configuration.peers.isEmpty || configuration.name != nil else {
      throw .badPeers(line: nil)
    }
    var directory: DataDirectory?
    if let path = configuration.dataDirectory { directory = try DataDirectory(path) }
    let (events, continuation) = AsyncStream.makeStream(
      of: RelayEvent.self, bufferingPolicy: .bufferingNewest(4096))
    let api: RelayAPI
    do throws(DatabaseError) {
      let database =
        if let directory {
          try Database(path: directory.databasePath, migrations: RelaySchema.migrations)
        } else {
          try Database.inMemory(RelaySchema.migrations)
        }
      api = RelayAPI(
        configuration: configuration,
        storage: RelayStorage(
          database: database, directory: directory,
          space: AttachmentSpace(limit: configuration.attachmentSpace)),
        key: try await key(of: database, random),
        limiter: RateLimiter(factor: configuration.rateFactor, time: time),
        federation: Federation(
          name: configuration.name ?? "", peers: configuration.peers, network: network),
        pusher: configuration.push.map(Pusher.init), time: time,
        random: random, events: continuation)
      try await api.sweep()
    } catch {
      throw .store(error)
    }
    do {
      return try RelayServer(api, events: events, network: network)
    } catch {
      throw .cannotListen(error)
    }
  }

  private init(
    _ api: RelayAPI, events: AsyncStream<RelayEvent>, network: Network
  ) throws(TransportError) {
    let configuration = api.configuration
    var listening = HTTPServer.Configuration()
    listening.address = configuration.address
    listening.port = configuration.port
    listening.tls = configuration.tls
    listening.destination = api.destination
    listening.webSocketLimits.messageBytes = RelayAPI.jsonBytes
    // A few of the largest messages: the rest waits in the store, not in memory.
    listening.webSocketLimits.outgoingBytes = 256 << 10
    listening.bounds = RelayServer.bounds(configuration)
    let work = WorkInFlight()
    let router = RelayRouter(api: api)
    listener = try HTTPServer(listening, network: network) { request in
      guard work.begin() else { return .response(status: 503) }
      defer { work.end() }
      return await router.answer(request)
    }
    let scheme = configuration.tls == nil ? "http" : "https"
    let host =
      configuration.address.contains(":") ? "[\(configuration.address)]" : configuration.address
    url = configuration.publicURL ?? "\(scheme)://\(host):\(listener.port)"
    self.api = api
    self.events = events
    self.work = work
  }

  /// Answers what has been asked, closes every connection (1001), ends `events` and gives up the data
  /// directory.
  public func stop() async {
    await work.drain()
    await listener.stop()
    api.storage.directory?.release()
    api.events.finish()
  }

  /// Strangers may connect, so nobody gets everything.
  private static func bounds(_ configuration: RelayServerConfiguration) -> HTTPServerBounds {
    var bounds = HTTPServerBounds()
    bounds.connections = configuration.connections
    bounds.connectionsPerAddress = configuration.connectionsPerAddress
    // Sixty-four of the largest bodies, sixteen of them from one address. Attachments go to the disk;
    // a relay in memory has nothing else for them.
    let attachments = configuration.dataDirectory == nil ? configuration.attachmentBytes * 2 : 0
    bounds.bufferedBytes = (64 << 20) + attachments
    bounds.bufferedBytesPerAddress = (16 << 20) + attachments
    return bounds
  }

  /// Made once for a store: URLs stay good over a restart.
  private static func key(
    of database: Database, _ random: any RandomSource
  ) async throws(DatabaseError) -> [UInt8] {
    let fresh = random.bytes(32)
    return try await database.write { connection in
      try connection.execute(
        "INSERT OR IGNORE INTO secret (name, value) VALUES ('key', ?)", [fresh])
      return try connection.first("SELECT value FROM secret WHERE name = 'key'") {
        try $0.get("value", as: [UInt8].self)
      } ?? fresh
    }
  }
}

/// Requests that are being worked on, so that stopping can wait for them.
private final class WorkInFlight: Sendable {
  private struct State {
    var count = 0
    var isDraining = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// False when no new work is taken.
  func begin() -> Bool {
    state.withLock { state in
      if !state.isDraining { state.count += 1 }
      return !state.isDraining
    }
  }

  func end() {
    let waiting = state.withLock { state in
      state.count -= 1
      guard state.count == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Takes no new work and waits until the present one is done.
  func drain() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        state.isDraining = true
        if state.count > 0 { state.waiting.append(continuation) }
        return state.count == 0
      }
      if isDone { continuation.resume() }
    }
  }
}
