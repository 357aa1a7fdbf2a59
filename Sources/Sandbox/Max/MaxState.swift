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
