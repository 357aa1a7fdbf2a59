import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// How the connections are doing, the word for the kind of money, and whether something is under way.
@MainActor
package final class StatusModel {
  private var links: [Service: ConnectionStatus] = [:]
  private(set) var isHalted = false
  package private(set) var limits = SwapLimits()
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  var state: StatusState {
    var state = StatusState()
    // Messengers stand first, as their chats do.
    let services = context.hub.allServices
    let ordered = services.filter { $0.has(.messaging) } + services.filter { !$0.has(.messaging) }
    state.entries = ordered.map {
      links[$0.service] ?? ConnectionStatus(service: $0.service, state: .notSetUp)
    }
    state.markets = Set(context.hub.services(with: .exchange))
    state.mode = mode
    state.isHalted = isHalted
    return state
  }

  var mode: StatusState.Mode {
    let settings = context.hub.settings
    if settings.isDryRun || limits.isDryRun { return .dryRun }
    if settings.isPaper { return .paper }
    return settings.isSandbox ? .sandbox : .live
  }

  /// What forbids every swap; nil when nothing does.
  var obstacle: UserError? {
    if isHalted { return .halted }
    return mode == .dryRun ? .dryRun : nil
  }

  func state(_ service: Service) -> ConnectionState { links[service]?.state ?? .notSetUp }

  /// Who is signed in to a service: a name, a number or the mask of a key; nil for nobody.
  func account(of service: Service) -> String? {
    state(service) == .notSetUp ? nil : links[service]?.account
  }

  /// Whether the accounts of a service can do something.
  func can(_ capability: ServiceDescriptor.Capability, _ service: Service?) -> Bool {
    service.map { context.hub.services(with: capability).contains($0) } ?? false
  }

  /// The service whose accounts can do something: the first that somebody is signed in to.
  func service(with capability: ServiceDescriptor.Capability) -> Service? {
    let able = context.hub.services(with: capability)
    return able.first { state($0) != .notSetUp } ?? able.first
  }

  /// How the connection of the service is doing whose accounts can do something.
  func state(_ capability: ServiceDescriptor.Capability) -> ConnectionState {
    service(with: capability).map { state($0) } ?? .notSetUp
  }

  /// Why a line is down, while it is tried again.
  func cause(of service: Service) -> UserError? { links[service]?.cause }

  /// Whether a line waits for its next attempt, or was given up and may be tried once more.
  var isLineDown: Bool {
    if case .stopped = state(.exchange) { return true }
    return countdown != nil
  }

  /// Until when a connection counts down, in ms of uptime.
  var countdown: Int64? {
    links.values.compactMap { link in
      if case .waiting(let until) = link.state { until } else { nil }
    }.max()
  }

  func load() async {
    for link in await context.hub.connections() { links[link.service] = link }
    let stored = await context.hub.environment.storing {
      [ledger = context.hub.environment.ledger] _ in
      (try await ledger.settings.value(.halt) != nil, try await ledger.settings.limits())
    }
    // What cannot be read counts as a halt: the safe side.
    (isHalted, limits) = stored ?? (true, limits)
    context.onChange()
  }

  /// Shows who is signed in, before anybody is connected, and what the person allows.
  func show(_ accounts: [Service: String?], isHalted: Bool, limits: String?) {
    for link in context.hub.connections(of: accounts) { links[link.service] = link }
    let stored = Result { try SwapLimits(stored: limits) }
    // What cannot be read counts as a halt: the safe side.
    self.isHalted = isHalted || (try? stored.get()) == nil
    self.limits = (try? stored.get()) ?? self.limits
    context.onChange()
  }

  func apply(_ link: ConnectionStatus) {
    guard links[link.service] != link else { return }
    if link.state == .online, links[link.service]?.state != .online {
      context.notices.forget(connection: link.service)
    }
    links[link.service] = link
    context.onChange()
  }

  func apply(isHalted: Bool) {
    self.isHalted = isHalted
    context.onChange()
  }

  func apply(_ limits: SwapLimits) {
    self.limits = limits
    context.onChange()
  }

  /// Turns the kill switch on or off, and says so.
  func setHalt(_ isHalted: Bool) {
    context.attempt("halt") { [context] () throws(UserError) in
      try await context.hub.run(SetHalt(isHalted: isHalted)) { _ in }
      let words: Phrase = isHalted ? .tradingHalted : .tradingResumed
      context.notices.show(NoticeText(isHalted ? .warning : .success, words.text), on: .halt)
    }
  }

  /// How fresh what comes from the service is whose accounts can do something.
  func freshness(
    with capability: ServiceDescriptor.Capability, changedAt: Int64?
  ) -> Freshness {
    service(with: capability).map { freshness(of: $0, changedAt: changedAt) } ?? .notSetUp
  }

  func freshness(of service: Service, changedAt: Int64?) -> Freshness {
    switch state(service) {
    case .notSetUp: changedAt.map { .stale(since: $0) } ?? .notSetUp
    case .online: .live(since: changedAt ?? context.now)
    case .stopped(let error): .failed(error.sentences)
    case .connecting, .waiting: changedAt.map { .stale(since: $0) } ?? .loading
    }
  }
}
