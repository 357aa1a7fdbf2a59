import Cryptography
import Database
import Domain
import Storage
import Transport

/// Holds a profile's accounts: everything that can be asked or done goes through here, from
/// the console's keys, from a command, or from a command of another process.
///
/// An account connects when it is first needed; `open(_:)` connects it at once.
package actor AccountHub: RequestRunner {
  /// What its accounts share.
  package nonisolated let environment: AccountEnvironment
  package nonisolated let settings: HubSettings
  /// Files on their way, of every service.
  package nonisolated let spool: FileSpool
  /// In the order in which they are told of.
  private let services: [ServiceDescriptor]
  /// Those that are connecting or connected.
  private var accounts: [Service: any Account] = [:]
  /// The starts that are under way: no account is stopped in the middle of its own.
  private var starts: [Service: Task<Void, Never>] = [:]
  /// Whether no account is opened any more.
  private var isClosed = false
  /// Sign-ins that wait for an answer of a person.
  package nonisolated let signIns = PendingSignIns()

  /// A hub with no connection yet.
  ///
  /// - Parameter services: those that there are, in the order in which they are told of.
  package init(
    environment: AccountEnvironment, settings: HubSettings, services: [ServiceDescriptor]
  ) {
    self.environment = environment
    self.settings = settings
    self.services = services
    spool = FileSpool(settings.dataDirectory, log: environment.log)
  }

  /// Connects every account that is signed in.
  package func openAll() async {
    for descriptor in services {
      do throws(UserError) {
        _ = try await open(descriptor.service)
      } catch {
        // Not signed in is no failure here: the connection's state says so.
        guard error.kind != .credentials else { continue }
        environment.notify(error)
      }
    }
  }

  /// Tries the connections that wait for their next attempt at once.
  package func retryNow() async {
    for account in accounts.values { await account.retryNow() }
  }

  /// Looks again at which prices are to be asked for.
  package func reconsiderPrices() async {
    for case let account as any Exchange in accounts.values { await account.reconsiderPrices() }
  }

  /// Gives what was written the time that a server is given to go out; the rest stays in the outbox.
  package func drainOutbox() async {
    for case let account as any Messaging in accounts.values {
      await account.drain(within: timeout)
    }
  }

  /// Ends all connections; what was stored stays.
  package func close() async {
    isClosed = true
    await signIns.close()
    for isFirst in [true, false] {
      for descriptor in services where descriptor.endsFirst == isFirst {
        await stop(descriptor.service)
      }
      await environment.emptyLogs()
    }
    // Only now: whoever asks for one meanwhile gets the one that is ended, and does not open another.
    accounts = [:]
    environment.changes.finish()
  }

  /// Runs a request in this process.
  package nonisolated func run<R: Request>(
    _ request: R, emit: @escaping @Sendable (R.Output) async -> Void
  ) async throws(UserError) {
    try await request.run(on: self, emit: emit)
  }

  /// How the connections of all services are doing.
  package func connections() async -> [ConnectionStatus] {
    var links: [ConnectionStatus] = []
    for descriptor in services {
      let service = descriptor.service
      links.append(await link(of: service, opened: accounts[service]?.status))
    }
    return links
  }

  /// An account that is signed in but not opened yet is about to be.
  private func link(
    of service: Service, opened: ConnectionStatus?
  ) async -> ConnectionStatus {
    if let opened { return opened }
    let stored = await environment.storing { store in try await store.accounts.account(service) }
    return AccountHub.link(of: service, to: (stored ?? nil).map(\.displayName))
  }

  /// How the connections of all services are doing as long as none of the accounts is opened.
  ///
  /// - Parameter names: of the accounts that there are, where they have one.
  package nonisolated func connections(of names: [Service: String?]) -> [ConnectionStatus] {
    services.map { AccountHub.link(of: $0.service, to: names[$0.service]) }
  }

  /// Of an account that is not opened yet, by its name if it has one; or of none.
  private static func link(of service: Service, to account: String??) -> ConnectionStatus {
    guard let name = account else { return .init(service: service, state: .notSetUp) }
    return .init(service: service, state: .connecting, account: name)
  }

  /// A service's account, connecting or connected.
  package func open(_ service: Service) async throws(UserError) -> any Account {
    if let account = accounts[service] { return account }
    let record = try await account(service)
    guard let descriptor = descriptor(of: service) else { throw .unsupported }
    let opened = try await descriptor.make(record, self)
    // Another task may have been faster while the store was read.
    if let account = accounts[service] { return account }
    // Nobody would stop it any more.
    guard !isClosed else { throw .noConnection(service) }
    accounts[service] = opened
    let start = Task {
      await sweepSpool()
      await opened.start()
    }
    starts[service] = start
    await start.value
    if starts[service] == start { starts[service] = nil }
    return opened
  }

  /// A service's account once it is online; throws what keeps it from being so.
  func online(_ service: Service) async throws(UserError) -> any Account {
    let account = try await open(service)
    let status = await account.settle(within: timeout)
    if let obstacle = await account.connection.obstacle { throw obstacle }
    try check(status)
    return account
  }

  /// A service's account if it is open already.
  package func openNow(_ service: Service) -> (any Account)? { accounts[service] }

  /// All accounts that are open.
  var opened: [any Account] { services.compactMap { accounts[$0.service] } }

  /// The services whose accounts have a capability, in the order in which they are told of.
  package nonisolated func services(with capability: ServiceDescriptor.Capability) -> [Service] {
    services.filter { $0.has(capability) }.map(\.service)
  }

  /// All services, in the order in which they are told of.
  package nonisolated var allServices: [ServiceDescriptor] { services }

  /// The service of a chat; throws `no-chat` for one that this program does not know.
  package nonisolated func service(of chat: ChatID) throws(UserError) -> Service {
    guard descriptor(of: chat.service) != nil else { throw .noChat(chat) }
    return chat.service
  }

  /// What is known of a service; nil for one that this program does not know.
  package nonisolated func descriptor(of service: Service) -> ServiceDescriptor? {
    services.first { $0.service == service }
  }

  /// Signs out of a service and forgets what it sent; orders and their journal stay.
  func logOut(_ service: Service) async throws(UserError) {
    _ = try await account(service)
    if descriptor(of: service)?.tellsOfSignOut ?? false {
      // Told when it can be reached within the timeout, forgotten here anyway.
      let account = try await open(service)
      _ = await account.settle(within: timeout)
      await account.logOut()
      accounts[service] = nil
    } else {
      await leave(service)
    }
    do throws(DatabaseError) { try await forget(service) } catch { throw UserError(error) }
    environment.changes.send(.connection(.init(service: service, state: .notSetUp)))
    environment.changes.send(.reloaded(service))
  }

  /// Forgets what a service has stored, and the files that waited for it.
  private func forget(_ service: Service) async throws(DatabaseError) {
    let files = await environment.waitingFiles(of: services.filter { $0.service == service })
    try await environment.store.forget(service, with: descriptor(of: service)?.keeps ?? [])
    spool.remove(files ?? [])
    await environment.emptyLogs()
  }

  /// Removes what a crash has left in the spool. What waits there may be any service's.
  private func sweepSpool() async {
    guard let needed = await environment.waitingFiles(of: services) else { return }
    spool.sweep(keeping: needed)
  }

  /// A new sign-in to a service, not begun yet; only the caller holds it.
  nonisolated func newSignIn(to service: Service) async throws(UserError) -> any SignInSession {
    guard let descriptor = descriptor(of: service) else { throw .unsupported }
    return try await descriptor.makeSignIn(self)
  }

  /// Takes a newly signed-in account into use, in place of an earlier one of its service.
  func adopt(_ new: NewAccount) async throws(UserError) {
    let account = new.record
    // First the earlier one: what it still keeps must not overwrite the new one's.
    await leave(account.service)
    let isReplacing = try await replaced(by: account) != nil
    do throws(DatabaseError) {
      if isReplacing {
        try await forget(account.service)
        environment.changes.send(.reloaded(account.service))
      }
      try await new.save(environment.store)
    } catch {
      throw UserError(error)
    }
    _ = try await open(account.service)
  }

  /// Ends a service's connections; its account stays.
  private func leave(_ service: Service) async {
    await stop(service)
    accounts[service] = nil
  }

  private func stop(_ service: Service) async {
    await starts[service]?.value
    await accounts[service]?.stop()
  }

  package func account(_ service: Service) async throws(UserError) -> AccountRecord {
    let account = try await withStore { store in try await store.accounts.account(service) }
    guard let account else { throw .notSignedIn(service) }
    return account
  }

  private func check(_ link: ConnectionStatus) throws(UserError) {
    switch link.state {
    case .online: return
    case .stopped(let error): throw error
    case .notSetUp: throw .notSignedIn(link.service)
    case .connecting, .waiting: throw .noConnection(link.service, because: link.cause)
    }
  }
}
