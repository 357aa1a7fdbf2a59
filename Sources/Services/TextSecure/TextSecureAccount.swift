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
  package nonisolated let ownIdentity: IdentityOutput
  nonisolated let records: TextSecureRecords
  let api: RelayClient
  let files: SealedFiles
  let writer: TextSecureWriter
  let held: HeldMessages
  private let keys: KeyUpkeep
  package private(set) var connection: ConnectionTracker
  private var line: RelayLine

  init(
    _ account: AccountRecord, device: LocalDevice, configuration: RelayConfiguration,
    spool: FileSpool, environment: AccountEnvironment
  ) async throws(DatabaseError) {
    self.environment = environment
    connection = ConnectionTracker(of: account, environment: environment)
    line = RelayLine(at: environment.time.uptime)
    let identity = device.identity.publicKey
    ownIdentity = IdentityOutput(
      number: account.identifier, fingerprint: identity.fingerprint, state: .own,
      shareText: identity.shareText)
    let contacts = try await environment.store.contacts.all(.textsecure)
    let records = TextSecureRecords(
      own: device.credentials.address.number,
      names: Dictionary(contacts.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }),
      time: environment.time)
    let used = UsedKeyEraser(environment)
    let store = TextSecureSessionStore(environment, records: records, used: used)
    let api = RelayClient(
      configuration: configuration, credentials: device.credentials, network: environment.network,
      time: environment.time, random: environment.random)
    let book = SessionBook(device: device, store: store, random: environment.random)
    let stock = PreKeyStock(
      api: api, store: store, identity: device.identity, random: environment.random)
    let receiver = MessageReceiver(api: api, device: device, book: book, stock: stock)
    let files = SealedFiles(
      AttachmentTransfer(
        api: api, random: environment.random, temporaryDirectory: spool.directory), spool: spool)
    let delivery = TextSecureDelivery(
      by: MessageSender(api: api, book: book, time: environment.time), files: files,
      records: records, environment: environment)
    writer = TextSecureWriter(
      of: account.identifier, by: delivery, files: files, records: records,
      environment: environment)
    held = HeldMessages(book, receiver: receiver, environment: environment)
    keys = KeyUpkeep(stock, used: used, environment: environment)
    self.records = records
    self.api = api
    self.files = files
  }

  /// Decrypts what comes, and stores it.
  package nonisolated var receiver: MessageReceiver { held.receiver }

  /// Our number.
  package nonisolated var number: String { ownIdentity.number }

  /// Connects and stays connected until `stop()`.
  package func start() async {
    guard !line.isOpen else { return }
    await keys.start()
    await held.read()
    connect()
    connection.publish()
  }

  package func stop() async {
    line.cancel()
    await writer.stop()
    // What is being taken in is stored before anything that follows, such as a sign-out.
    await line.ended()
    line.forget()
    await keys.stop()
    connection.release()
  }

  /// Ends a pause between two attempts to connect.
  package func retryNow() {
    guard case .waiting = status.state else { return }
    line.cancel()
    connection.set(.connecting)
    connect()
  }

  private func connect() {
    line.open { [receiver] in
      do throws(TextSecureError) {
        try await receiver.run { await self.handle($0) }
      } catch {
        await self.stopped(error)
      }
    }
  }

  private func handle(_ event: ReceiverEvent) async {
    switch event {
    case .online:
      line.noteOnline(at: environment.time.uptime)
      // Whoever sees us online may write at once: that needs our keys.
      if let roundTrip = await keys.refill() { connection.measure(roundTrip: roundTrip) }
      connection.set(.online)
      await writer.open()
    case .offline(let error, let pause):
      await writer.close()
      if line.noteFailure(error) { environment.notify(UserError(error)) }
      connection.set(
        .waiting(until: (environment.time.uptime + pause).milliseconds), because: UserError(error))
    case .received:
      line.noteArrival(at: environment.time.uptime)
    case .rejected(let error), .notRefilled(let error):
      environment.log("TextSecure: \(error.message)")
      if case .rejected = event { environment.notify(.warning, error.message, hint: error.hint) }
    }
  }

  private func stopped(_ error: TextSecureError) async {
    guard error != .cancelled else { return }
    await writer.close()
    connection.set(.stopped(UserError(error)))
    environment.notify(UserError(error), about: .textsecure)
  }

  /// Returns when no message has come for a moment, or `limit` has passed: nothing says where what a
  /// relay kept for us ends.
  package func catchUp(within limit: Duration) async {
    let quiet: Duration = .milliseconds(250)
    let end = environment.time.uptime + limit
    while environment.time.uptime < min(end, line.lastArrival + quiet) {
      let pause = min(end, line.lastArrival + quiet) - environment.time.uptime
      do { try await environment.time.sleep(for: pause) } catch { return }
    }
  }
}
