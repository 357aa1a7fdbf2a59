import Cryptography
import Database
import Domain
import OneMe
import Storage
import TextSecure
import Trading
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
  package private(set) var messenger: MessengerAccount?
  private var trader: TradingAccount?
  private var secure: SecureAccount?
  /// A MAX sign-in that waits for its code or password.
  package var signIn: MessengerSignIn?
  /// A TextSecure registration that waits for its code.
  var registration: SecureSignIn?

  /// A desk with no connection yet.
  package init(context: DeskContext, settings: DeskSettings) {
    self.context = context
    self.settings = settings
    prices = PriceFeed(context)
    spool = Spool(settings.dataDirectory, log: context.log)
  }

  /// Connects every account that is signed in.
  package func openAll() async {
    for service in Service.allCases {
      do throws(ConsoleError) {
        try await open(service)
      } catch {
        // Not signed in is no failure here: the lamp says so.
        guard error.kind != .credentials else { continue }
        context.notify(error)
      }
    }
  }

  /// Tries the connections that wait for their next attempt at once.
  package func retryNow() async {
    await messenger?.session.retryNow()
    await trader?.retryNow()
    await secure?.retryNow()
  }

  /// Gives what was written the time that a server is given to go out; the rest stays in the outbox.
  package func drainOutbox() async {
    await messenger?.drain(within: patience)
    await secure?.drain(within: patience)
  }

  /// Ends all connections; what was stored stays.
  package func close() async {
    await signIn?.close()
    // First who has keys to use up: the others' servers may keep us until there is no time left.
    await secure?.stop()
    await context.emptyLogs()
    await messenger?.stop()
    await trader?.stop()
    messenger = nil
    trader = nil
    secure = nil
    await context.emptyLogs()
    context.changes.finish()
  }

  /// Runs a call in this process.
  package nonisolated func run<Call: DeskCall>(
    _ call: Call, emit: @escaping @Sendable (Call.Line) async -> Void
  ) async throws(ConsoleError) {
    try await call.run(on: self, emit: emit)
  }

  /// The lamps of all services.
  package func links() async -> [ConnectionStatus] {
    var links: [ConnectionStatus] = []
    for service in Service.allCases {
      switch service {
      case .max: links.append(await link(of: service, opened: messenger?.link))
      case .trading: links.append(await link(of: service, opened: trader?.link))
      case .textsecure: links.append(await link(of: service, opened: secure?.link))
      }
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

  /// The signed-in MAX account, connecting or connected.
  package func openMessenger() async throws(ConsoleError) -> MessengerAccount {
    if let messenger { return messenger }
    let account = try await account(.max)
    // Rings that a crash left behind; the log says that they were missed.
    let now = context.time.wallTime
    let missed = await context.storing { store in try await store.calls.closeRinging(at: now) }
    for call in missed ?? [] { context.changes.send(.call(call)) }
    let configuration = messengerConfiguration(of: account)
    let session = OneMeSession(
      configuration: configuration,
      token: account.secret,
      marker: account.syncMarker ?? 0, network: context.network, time: context.time,
      random: context.random, logins: ProfileLogins(context))
    do throws(DatabaseError) {
      let opened = try await MessengerAccount(
        account, session: session, isBinary: configuration.isBinary, settings: settings,
        spool: spool, desk: context)
      // Another task may have been faster while the store was read.
      if let messenger { return messenger }
      messenger = opened
      await sweepSpool()
      await opened.start()
      return opened
    } catch {
      throw ConsoleError(error)
    }
  }

  /// The signed-in trading account, connecting or connected.
  package func openTrader() async throws(ConsoleError) -> TradingAccount {
    if let trader { return trader }
    let account = try await account(.trading)
    if let trader { return trader }
    var configuration = tradingConfiguration(for: account)
    // It is kept because a login with it has worked.
    configuration.hasWorked = true
    let opened = TradingAccount(
      account, configuration: configuration, desk: context, settings: settings)
    trader = opened
    await opened.start()
    return opened
  }

  /// The signed-in TextSecure account, connecting or connected.
  package func openSecure() async throws(ConsoleError) -> SecureAccount {
    if let secure { return secure }
    let account = try await account(.textsecure)
    let stored = try await reading { store in try await store.secure.device() }
    guard let stored else { throw .notSignedIn(.textsecure) }
    let opened: SecureAccount
    do {
      opened = try await SecureAccount(
        account, device: try LocalDevice(stored, password: account.secret),
        configuration: relayConfiguration(settings.textsecureURL ?? account.url),
        spool: spool, desk: context)
    } catch let error as TextSecureError {
      throw ConsoleError(error)
    } catch {
      throw ConsoleError(storing: error)
    }
    // Another task may have been faster while the store was read.
    if let secure { return secure }
    secure = opened
    await sweepSpool()
    await opened.start()
    return opened
  }

  /// Waits, not for long, until what the relay kept for us has come.
  func inboxRest() async { await secure?.rest(within: patience) }

  /// Waits, not for long, until MAX has told of every chat.
  func allChats() async { await messenger?.allChats(within: patience) }

  /// The MAX account once it is online; throws what keeps it from being so.
  package func onlineMessenger() async throws(ConsoleError) -> MessengerAccount {
    let account = try await openMessenger()
    let link = await account.settle(within: patience)
    if let problem = await account.loginsSpent { throw problem }
    try check(link)
    return account
  }

  /// The trading account once it is online; throws what keeps it from being so.
  package func onlineTrader() async throws(ConsoleError) -> TradingAccount {
    let account = try await openTrader()
    let link = await account.settle(within: patience)
    if case .waiting = link.state, let trouble = await account.trouble { throw trouble }
    try check(link)
    return account
  }

  /// The trading account if it is open and online already.
  func onlineTraderNow() async -> TradingAccount? {
    guard let trader, case .online = await trader.link.state else { return nil }
    return trader
  }

  /// The TextSecure account once it is online; throws what keeps it from being so.
  func onlineSecure() async throws(ConsoleError) -> SecureAccount {
    let account = try await openSecure()
    try check(await account.settle(within: patience))
    return account
  }

  /// Signs out of a service and forgets what it sent; orders and their journal stay.
  func logOut(_ service: Service) async throws(ConsoleError) {
    switch service {
    case .max:
      // Told to the server when it can be reached within the timeout, forgotten here anyway.
      let account = try await openMessenger()
      _ = await account.settle(within: patience)
      await account.logOut()
      messenger = nil
    case .trading, .textsecure:
      _ = try await account(service)
      await leave(service)
    }
    do throws(DatabaseError) { try await forget(service) } catch { throw ConsoleError(error) }
    context.changes.send(.link(.init(service: service, state: .notSetUp)))
    context.changes.send(.reloaded(service))
  }

  /// Forgets what a service has stored, and the files that waited for it.
  private func forget(_ service: Service) async throws(DatabaseError) {
    let files = await context.waitingFiles(of: [service])
    try await context.store.forget(service)
    spool.remove(files ?? [])
    await context.emptyLogs()
  }

  /// Removes what a crash has left in the spool. What waits there may be any service's.
  private func sweepSpool() async {
    guard let needed = await context.waitingFiles(of: Service.allCases) else { return }
    spool.sweep(keeping: needed)
  }

  /// Takes a newly signed-in account into use, in place of an earlier one of its service.
  ///
  /// - Parameter device: The keys that a TextSecure account was registered with.
  func adopt(
    _ account: AccountRecord, device: SecureDeviceRecord? = nil
  ) async throws(ConsoleError) {
    // First the earlier one: what it still keeps must not overwrite the new one's.
    await leave(account.service)
    do throws(DatabaseError) {
      let earlier = try await context.store.accounts.account(account.service)
      if let earlier, !earlier.isSamePerson(as: account) || earlier.url != account.url {
        try await forget(account.service)
        context.changes.send(.reloaded(account.service))
      }
      if let device {
        try await context.store.secure.register(device, account)
      } else {
        try await context.store.accounts.save(account)
      }
    } catch {
      throw ConsoleError(error)
    }
    try await open(account.service)
  }

  /// Ends a service's connections; its account stays.
  private func leave(_ service: Service) async {
    switch service {
    case .max:
      await messenger?.stop()
      messenger = nil
    case .trading:
      await trader?.stop()
      trader = nil
    case .textsecure:
      await secure?.stop()
      secure = nil
    }
  }

  private func open(_ service: Service) async throws(ConsoleError) {
    switch service {
    case .max: _ = try await openMessenger()
    case .trading: _ = try await openTrader()
    case .textsecure: _ = try await openSecure()
    }
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

extension AccountRecord {
  /// By the server's id of them where both logins know it: a number can be another person's later.
  fileprivate func isSamePerson(as other: AccountRecord) -> Bool {
    if let userId, let theirs = other.userId { return userId == theirs }
    return identifier == other.identifier
  }
}
