import Storage

/// The lamps, the mode word and whether something is in flight.
@MainActor
final class StatusModel {
  private var links: [Service: StatusState.Entry] = [:]
  private(set) var isHalted = false
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  var state: StatusState {
    var state = StatusState()
    state.entries = [Service.max, .textsecure, .trading].map {
      links[$0] ?? StatusState.Entry(service: $0, lamp: .notSetUp)
    }
    state.mode = mode
    state.isBusy = !context.desk.context.busy.isIdle
    return state
  }

  var mode: StatusState.Mode {
    isHalted ? .halted : context.desk.settings.isSandbox ? .sandbox : .live
  }

  func lamp(_ service: Service) -> StatusState.Lamp { links[service]?.lamp ?? .notSetUp }

  /// Until when a lamp counts down, in wall ms.
  var countdown: Int64? {
    links.values.compactMap { link in
      if case .waiting(let until) = link.lamp { until } else { nil }
    }.max()
  }

  func load() async {
    for link in await context.desk.links() { links[link.service] = link }
    let halted = await context.desk.context.storing { store in
      try await store.settings.value(.halt)
    }
    isHalted = (halted ?? nil) != nil
    context.onChange()
  }

  func take(_ link: StatusState.Entry) {
    guard links[link.service] != link else { return }
    links[link.service] = link
    context.onChange()
  }

  func take(halted: Bool) {
    isHalted = halted
    context.onChange()
  }

  /// Turns the kill switch over.
  func toggleHalt() {
    let halts = !isHalted
    context.attempt("halt") { [context] () throws(ConsoleError) in
      try await context.desk.run(SetHalt(isHalted: halts)) { _ in }
    }
  }

  /// How fresh what a service sent is.
  func freshness(of service: Service, changedAt: Int64?) -> Freshness {
    switch lamp(service) {
    case .notSetUp: changedAt.map { .stale(since: $0) } ?? .notSetUp
    case .online: .live(since: changedAt ?? context.now)
    case .stopped(let error): .failed(error.sentences)
    case .connecting, .waiting: changedAt.map { .stale(since: $0) } ?? .loading
    }
  }
}
