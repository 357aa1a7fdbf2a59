import Cryptography
import Database
import Domain
import Storage
import Transport

/// The holder of a profile's accounts: everything that can be asked or done goes through here, from
/// the console's keys, from a command, or from a command of another process.
///
/// An account connects when it is first needed; `open(_:)` connects it at once.
package actor Desk: DeskAccess {
  /// What its accounts share.
  package nonisolated let context: DeskContext
  package nonisolated let settings: DeskSettings
  /// Files on their way, of every service.
  nonisolated let spool: Spool
  /// What the assets cost, asked for while a console shows them.
  package nonisolated let prices: PriceFeed
  /// In the order in which they are told of.
  private let services: [ServiceDescriptor]
  /// Those that are connecting or connected.
  private var accounts: [Service: any Account] = [:]
  /// A MAX sign-in that waits for its code or password.
  package var signIn: MessengerSignIn?
  /// A TextSecure registration that waits for its code.
  var registration: SecureSignIn?

  /// A desk with no connection yet.
  package init(context: DeskContext, settings: DeskSettings) {
    self.context = context
    self.settings = settings
    services = [.max, .trading, .textsecure]
    prices = PriceFeed(context)
    spool = Spool(settings.dataDirectory, log: context.log)
  }

  /// Connects every account that is signed in.
  package func openAll() async {
    for descriptor in services {
      do throws(ConsoleError) {
        _ = try await open(descriptor.service)
      } catch {
        // Not signed in is no failure here: the lamp says so.
        guard error.kind != .credentials else { continue }
        context.notify(error)
      }
    }
  }

  /// Tries the connections that wait for their next attempt at once.
  package func retryNow() async {
    for account in accounts.values { await account.retryNow() }
  }

  /// Gives what was written the time that a server is given to go out; the rest stays in the outbox.
  package func drainOutbox() async {
    for case let account as any Messaging in accounts.values {
      await account.drain(within: patience)
    }
  }

  /// Ends all connections; what was stored stays.
  package func close() async {
    await signIn?.close()
    for isFirst in [true, false] {
      for descriptor in services where descriptor.endsFirst == isFirst {
        await accounts[descriptor.service]?.stop()
      }
      await context.emptyLogs()
    }
    // Only now: whoever asks for one meanwhile gets the one that is ended, and does not open another.
    accounts = [:]
    context.changes.finish()
  }

  /// Runs a call in this process.
  package nonisolated func run<Call: DeskCall>(
    _ call: Call, emit: @escaping @Sendable (Call.Line) async -> Void
  ) async throws(ConsoleError) {
    try await call.run(on: self, emit: emit)
  }

  /// How the connections of all services are doing.
  package func links() async -> [ConnectionStatus] {
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
    let stored = await context.storing { store in try await store.accounts.account(service) }
    guard let account = stored ?? nil else { return .init(service: service, state: .notSetUp) }
    return .init(service: service, state: .connecting, account: account.displayName)
  }

  /// A service's account, connecting or connected.
  package func open(_ service: Service) async throws(ConsoleError) -> any Account {
    if let account = accounts[service] { return account }
    let record = try await account(service)
    guard let descriptor = descriptor(of: service) else { throw .unsupported }
    let opened = try await descriptor.make(record, self)
    // Another task may have been faster while the store was read.
    if let account = accounts[service] { return account }
    accounts[service] = opened
    await sweepSpool()
    await opened.start()
    return opened
  }

  /// A service's account once it is online; throws what keeps it from being so.
  func online(_ service: Service) async throws(ConsoleError) -> any Account {
    let account = try await open(service)
    let status = await account.settle(within: patience)
    if let obstacle = await account.obstacle { throw obstacle }
    try check(status)
    return account
  }

  /// A service's account if it is open already.
  func openNow(_ service: Service) -> (any Account)? { accounts[service] }

  /// All accounts that are open.
  var opened: [any Account] { services.compactMap { accounts[$0.service] } }

  /// The services whose accounts have a capability, in the order in which they are told of.
  package nonisolated func services(with capability: ServiceDescriptor.Capability) -> [Service] {
    services.filter { $0.has(capability) }.map(\.service)
  }

  /// All services, in the order in which they are told of.
  package nonisolated var allServices: [ServiceDescriptor] { services }

  /// What is known of a service; nil for one that this program does not know.
  package nonisolated func descriptor(of service: Service) -> ServiceDescriptor? {
    services.first { $0.service == service }
  }

  /// Signs out of a service and forgets what it sent; orders and their journal stay.
  func logOut(_ service: Service) async throws(ConsoleError) {
    _ = try await account(service)
    if descriptor(of: service)?.tellsOfSignOut ?? false {
      // Told when it can be reached within the timeout, forgotten here anyway.
      let account = try await open(service)
      _ = await account.settle(within: patience)
      await account.logOut()
      accounts[service] = nil
    } else {
      await leave(service)
    }
    do throws(DatabaseError) { try await forget(service) } catch { throw ConsoleError(error) }
    context.changes.send(.link(.init(service: service, state: .notSetUp)))
    context.changes.send(.reloaded(service))
  }

  /// Forgets what a service has stored, and the files that waited for it.
  private func forget(_ service: Service) async throws(DatabaseError) {
    let files = await context.waitingFiles(of: services.filter { $0.service == service })
    try await context.store.forget(service)
    spool.remove(files ?? [])
    await context.emptyLogs()
  }

  /// Removes what a crash has left in the spool. What waits there may be any service's.
  private func sweepSpool() async {
    guard let needed = await context.waitingFiles(of: services) else { return }
    spool.sweep(keeping: needed)
  }

  /// Takes a newly signed-in account into use, in place of an earlier one of its service.
  ///
  /// - Parameters:
  ///   - mayReplace: whether an earlier login of somebody else may be erased for it.
  ///   - save: stores the account with what else its service keeps of a login.
  func adopt(
    _ account: AccountRecord, replacing mayReplace: Bool,
    saving save: @Sendable (Store) async throws(DatabaseError) -> Void
  ) async throws(ConsoleError) {
    try await checkReplacing(with: account, isAllowed: mayReplace)
    // First the earlier one: what it still keeps must not overwrite the new one's.
    await leave(account.service)
    let isReplacing = try await replaced(by: account) != nil
    do throws(DatabaseError) {
      if isReplacing {
        try await forget(account.service)
        context.changes.send(.reloaded(account.service))
      }
      try await save(context.store)
    } catch {
      throw ConsoleError(error)
    }
    _ = try await open(account.service)
  }

  /// Takes a newly signed-in account into use of which nothing else is kept.
  func adopt(_ account: AccountRecord, replacing mayReplace: Bool) async throws(ConsoleError) {
    try await adopt(account, replacing: mayReplace) { store throws(DatabaseError) in
      try await store.accounts.save(account)
    }
  }

  /// Ends a service's connections; its account stays.
  private func leave(_ service: Service) async {
    await accounts[service]?.stop()
    accounts[service] = nil
  }

  package func account(_ service: Service) async throws(ConsoleError) -> AccountRecord {
    let account = try await reading { store in try await store.accounts.account(service) }
    guard let account else { throw .notSignedIn(service) }
    return account
  }

  private func check(_ link: ConnectionStatus) throws(ConsoleError) {
    switch link.state {
    case .online: return
    case .stopped(let error): throw error
    case .notSetUp: throw .notSignedIn(link.service)
    case .connecting, .waiting: throw .noConnection(link.service, because: link.cause)
    }
  }
}
