import Transport

/// Everything that outlives a connection: people and what they wrote, codes and tokens, devices, files
/// and calls. What changes in it is kept, if the sandbox keeps anything.
struct MaxState: Sendable {
  /// Who was there from the start.
  let population: Population
  var world: MaxWorld { didSet { store?.keep(world.changes.take()) } }
  var signIns: SignInService { didSet { store?.keep(signIns.changes.take()) } }
  var devices = DeviceRegistry() { didSet { store?.keep(devices.changes.take()) } }
  var files: FileStore { didSet { store?.keep(files.changes.take()) } }
  var book: CallBook { didSet { store?.keep(book.changes.take()) } }
  /// Nil in a sandbox that forgets.
  private let store: WorldStore?

  /// - Parameter now: Wall-clock milliseconds at which a world without a store begins.
  init(_ options: SandboxOptions, store: WorldStore?, now: Int64) {
    self.store = store
    population = Population(seed: options.seed, now: options.epoch ?? store?.startedAt ?? now)
    world = population.world()
    signIns = SignInService(seed: options.seed, run: store?.run ?? 0)
    files = FileStore(seed: options.seed)
    book = CallBook(calls: population.calls())
    if let store { restore(store.kept) }
    if [.guarded, .ringing].contains(options.scenario) {
      world.setPassword(SandboxEndpoints.Numbers().password, of: Population.ira)
    }
  }

  private mutating func restore(_ kept: KeptWorld) {
    world.restore(kept)
    signIns.restore(kept)
    files.restore(kept)
    devices.restore(kept)
    book.restore(kept)
    let changes = ChangeLog(isKept: true)
    (world.changes, signIns.changes, files.changes) = (changes, changes, changes)
    (devices.changes, book.changes) = (changes, changes)
  }
}

/// One connection of a client.
struct MaxSession: Sendable {
  enum Stage: Sendable {
    case fresh, greeted
    case online(account: Int64, token: String)
  }

  let queue: SendQueue
  var wire: MaxWire
  var stage = Stage.fresh
  /// What it told of itself: program and system, kind and version.
  var client = ""
  var version = ""
  /// Of the newest request; requests must count upwards.
  var lastRequest = -1
  /// Of the next push: the server counts its own.
  var nextPush = 0
  /// Pushed messages that wait for their acknowledgement, by number.
  var unacknowledged: [Int: Int64] = [:]
  /// An answer that waits until the next one is out.
  var heldAnswer: WebSocketMessage?
  var frames = 0
  var lastFrame: Duration

  init(queue: SendQueue, wire: MaxWire, lastFrame: Duration) {
    self.queue = queue
    self.wire = wire
    self.lastFrame = lastFrame
  }

  var account: Int64? {
    if case .online(let account, _) = stage { account } else { nil }
  }

  /// Whether a request may have this number: one more than before or later, and from 65535 back to
  /// the beginning (OneMe notes §2.3).
  func admits(_ seq: Int) -> Bool {
    seq > lastRequest || lastRequest > 0xff00 && (0..<0x100).contains(seq)
  }
}
