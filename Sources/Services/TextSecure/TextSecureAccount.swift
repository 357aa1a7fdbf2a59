import Accounts
import Axolotl
import Clocks
import Cryptography
import Database
import Domain
import Storage
import TextSecure
import Transport

/// A TextSecure account kept online: what comes is stored with the step of its session before the
/// relay hears that it came; what is written waits in the outbox until the relay has it.
package actor TextSecureAccount: Account {
  package nonisolated let environment: AccountEnvironment
  let account: AccountRecord
  let api: RelayClient
  let book: SessionBook
  let sender: MessageSender
  package let receiver: MessageReceiver
  let transfer: AttachmentTransfer
  let spool: FileSpool
  private let used: UsedKeyEraser
  nonisolated let records: TextSecureRecords
  nonisolated let identity: PublicKey
  private let stock: PreKeyStock
  private(set) var outbox: Outbox?
  /// Files of one message are uploaded once, however many receivers it has.
  var uploads: [Int64: Task<TextSecureOutgoing, any Error>] = [:]
  package private(set) var connection: ConnectionTracker
  private var line: Task<Void, Never>?
  /// When the last message came, by the uptime clock.
  private var lastArrival: Duration
  /// Nothing could be stored since the last message; this was told.
  private var isStoreFailing = false

  init(
    _ account: AccountRecord, device: LocalDevice, configuration: RelayConfiguration,
    spool: FileSpool, environment: AccountEnvironment
  ) async throws(DatabaseError) {
    self.environment = environment
    self.account = account
    connection = ConnectionTracker(of: account, environment: environment)
    lastArrival = environment.time.uptime
    identity = device.identity.publicKey
    let contacts = try await environment.store.contacts.all(.textsecure)
    records = TextSecureRecords(
      own: device.credentials.address.number,
      names: Dictionary(contacts.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }),
      time: environment.time)
    used = UsedKeyEraser(environment)
    let store = TextSecureSessionStore(environment, records: records, used: used)
    api = RelayClient(
      configuration: configuration, credentials: device.credentials, network: environment.network,
      time: environment.time, random: environment.random)
    book = SessionBook(device: device, store: store, random: environment.random)
    stock = PreKeyStock(
      api: api, store: store, identity: device.identity, random: environment.random)
    sender = MessageSender(api: api, book: book, time: environment.time)
    receiver = MessageReceiver(api: api, device: device, book: book, stock: stock)
    transfer = AttachmentTransfer(
      api: api, random: environment.random, temporaryDirectory: spool.directory)
    self.spool = spool
  }

  /// Our number.
  package nonisolated var number: String { account.identifier }

  /// Connects and stays connected until `stop()`.
  package func start() async {
    guard line == nil else { return }
    outbox = Outbox(service: .textsecure, environment: environment) {
      [weak self] message, receiver in
      await self?.deliver(message, to: receiver) ?? .later
    }
    // A run that was killed may have left keys behind.
    await used.note()
    await readHeldMessages()
    connect()
    connection.publish()
  }

  package func stop() async {
    line?.cancel()
    for upload in uploads.values { upload.cancel() }
    await outbox?.stop()
    // What is being taken in is stored before anything that follows, such as a sign-out.
    await line?.value
    line = nil
    await used.stop()
    connection.release()
  }

  /// Ends a pause between two attempts to connect.
  package func retryNow() {
    guard case .waiting = status.state else { return }
    line?.cancel()
    connection.set(.connecting)
    connect()
  }

  private func connect() {
    let before = line
    line = Task { [receiver] in
      // Two lines of one device would take turns in pushing each other out.
      await before?.value
      do throws(TextSecureError) {
        try await receiver.run { await self.take($0) }
      } catch {
        await self.stopped(error)
      }
    }
  }

  private func take(_ event: ReceiverEvent) async {
    switch event {
    case .online:
      lastArrival = environment.time.uptime
      // Whoever sees us online may write at once: that needs our keys.
      await refill()
      connection.set(.online)
      await outbox?.open()
    case .offline(let error, let pause):
      await outbox?.close()
      if case .store = error, !isStoreFailing {
        isStoreFailing = true
        environment.notify(UserError(error))
      }
      connection.set(
        .waiting(until: (environment.time.uptime + pause).milliseconds), because: UserError(error))
    case .received:
      lastArrival = environment.time.uptime
      isStoreFailing = false
    case .rejected(let error), .notRefilled(let error):
      environment.log("TextSecure: \(error.message)")
      if case .rejected = event { environment.notify(.warning, error.message, hint: error.hint) }
    }
  }

  private func stopped(_ error: TextSecureError) async {
    guard error != .cancelled else { return }
    await outbox?.close()
    connection.set(.stopped(UserError(error)))
    environment.notify(UserError(error), about: .textsecure)
  }

  /// Sees that others can start sessions with us; an upload that a crash cut off is made up for.
  private func refill() async {
    let start = environment.time.uptime
    do throws(TextSecureError) {
      if try await !stock.refill() {
        connection.measure(roundTrip: environment.time.uptime - start)
      }
    } catch {
      environment.log("TextSecure prekeys: \(error.message)")
    }
  }

  /// Returns when no message has come for a moment, or `limit` has passed: nothing says where what a
  /// relay kept for us ends.
  func rest(within limit: Duration) async {
    let quiet: Duration = .milliseconds(250)
    let end = environment.time.uptime + limit
    while environment.time.uptime < min(end, lastArrival + quiet) {
      let pause = min(end, lastArrival + quiet) - environment.time.uptime
      do { try await environment.time.sleep(for: pause) } catch { return }
    }
  }
}
