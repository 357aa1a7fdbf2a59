import Domain

/// The orders that are watched, and what is to be done about each: subscribe to its channel, ask
/// for it, or leave the channel to another.
///
/// It decides and does nothing itself: `nextStep` says what to do, and what came of it is told back.
struct TrackedOrders: Sendable {
  /// Channels a connection may have, less one for the balances (seed 001, Limitations).
  static let channelLimit = 49
  /// Between two questions about an order without a channel.
  static let pollInterval: Duration = .seconds(5)
  /// Before the first question about an order whose channel has said nothing yet; twice that before the
  /// next one, and so on. Most orders end within seconds, and somebody waits for it.
  static let firstPause: Duration = .seconds(2)
  /// The longest such pause, and the first one after a channel has spoken. All channels that there may
  /// be together make less than four questions a second, of a hundred messages that are allowed.
  static let longestPause: Duration = .seconds(15)
  /// An order that says nothing through so many questions, about five minutes, takes its time.
  static let patientQuestions = 20
  /// Between two questions about an order with a channel, while nothing at all is pushed.
  static let silentInterval: Duration = .seconds(10)
  /// The same while pushes come.
  static let liveInterval: Duration = .seconds(120)
  /// A stream without a push for so long counts as silent.
  static let silence: Duration = .seconds(60)
  /// An order that failed or was cancelled keeps its channel so long: it may be filled after all.
  static let lingering: Duration = .seconds(10)
  /// Updates of orders not known yet are kept this long: one may overtake the reply to its swap.
  static let earlyLife: Duration = .seconds(10)
  static let earlyLimit = 64
  /// Questions for a transaction that may not exist.
  static let mostInquiries = 5
  /// Finished orders that are still known, for late updates.
  static let finishedLimit = 1000

  enum Step: Equatable {
    case subscribe(String)
    case unsubscribe(String)
    case ask(String)
  }

  enum Subscription { case none, subscribed, refused }

  struct Entry {
    var state: OrderState
    var subscription = Subscription.none
    /// Whether something may have been missed.
    var needsAsking = true
    /// When the server last spoke about it.
    var lastHeard: Duration
    /// How often it was asked for the details of its end.
    var inquiries = 0
    /// Whether its channel has told something over the present connection. That others do proves
    /// nothing: there are servers that push balances and no orders.
    var isTold = false
    /// How often it was asked for without need since its channel last told something.
    var questions = 0

    /// Whether it is to be asked for what its end brought: until the amount is known, and a few times
    /// for the transaction, which not every venue has.
    var awaitsDetails: Bool {
      state.lacksAmount || state.lacksDetails && inquiries < TrackedOrders.mostInquiries
    }

    /// How long to wait before the next question about an open order with a channel.
    ///
    /// - Parameter longest: between two questions about one of which nothing more is expected soon.
    func pause(atMost longest: Duration) -> Duration {
      guard isTold || questions < TrackedOrders.patientQuestions else { return longest }
      let first = isTold ? TrackedOrders.longestPause : TrackedOrders.firstPause
      return min(
        first * (1 << min(questions, 5)),
        isTold ? longest : min(TrackedOrders.longestPause, longest))
    }

    /// How long to wait before the next question about its details.
    var inquiryPause: Duration {
      min(TrackedOrders.pollInterval * (1 << min(inquiries, 5)), TrackedOrders.liveInterval)
    }

    /// Whether what may still come is awaited.
    func lingers(at now: Duration) -> Bool {
      (state.status == .failed || state.status == .cancelled)
        && now < lastHeard + TrackedOrders.lingering
    }
  }

  private(set) var entries: [String: Entry] = [:]
  /// How many replies to swaps came that nobody waited for.
  private(set) var strays = 0
  /// Counts the stream's connections, so that a late acknowledgement is not taken for the new one's.
  private(set) var connection = 0
  private var finished: [String] = []
  /// When something was last pushed over the present connection.
  private var lastPush: Duration?
  private var early: [String: (update: OrderUpdate, at: Duration)] = [:]

  var subscriptions: Int { entries.values.count { $0.subscription == .subscribed } }
  var polled: Int {
    entries.values.count { !$0.state.status.isTerminal && $0.subscription != .subscribed }
  }

  /// Whether an update has come of an order under this name.
  func hasHeard(of name: ClientOrderID) -> Bool {
    early.values.contains { $0.update.clientOrderId == name.text }
      || entries.values.contains { $0.state.clientOrderId == name.text }
  }

  /// Forgets all orders; what is counted goes on.
  mutating func removeAll() {
    entries = [:]
    finished = []
    lastPush = nil
    early = [:]
  }

  /// Starts to watch an order that has an id of the server. Returns the update that came before
  /// anybody knew it, if any.
  mutating func follow(_ state: OrderState, now: Duration) -> OrderUpdate? {
    guard let id = state.orderId, entries[id] == nil else { return nil }
    entries[id] = Entry(state: state, lastHeard: now)
    noteIfFinished(id)
    guard let (update, at) = early.removeValue(forKey: id), now - at <= TrackedOrders.earlyLife
    else {
      return nil
    }
    return update
  }

  /// Gives an order that nobody here had a name for the one that it was sent under. Nil if it is not
  /// watched, or has one.
  mutating func identify(
    _ id: String, as name: ClientOrderID, minimumOut: Amount?
  ) -> OrderState? {
    guard let state = entries[id]?.state, state.clientOrderId == nil else { return nil }
    var named = state.identified(orderId: id, clientOrderId: name)
    named.minimumOut = minimumOut
    entries[id]?.state = named
    return named
  }

  /// Stops to watch. True if its channel is to be left.
  mutating func unfollow(_ id: String) -> Bool {
    finished.removeAll { $0 == id }
    return entries.removeValue(forKey: id)?.subscription == .subscribed
  }

  /// Takes an update; nil if the order is not known here, and it is kept for a while.
  mutating func apply(
    _ update: OrderUpdate, confirmed: Bool, now: Duration
  ) -> (OrderState, OrderState.Transition)? {
    guard var entry = entries[update.orderId] else {
      early = early.filter { now - $0.value.at <= TrackedOrders.earlyLife }
      if early.count < TrackedOrders.earlyLimit { early[update.orderId] = (update, now) }
      return nil
    }
    let wasOver = entry.state.status.isTerminal
    let transition = entry.state.apply(update, confirmed: confirmed)
    entry.lastHeard = now
    if !confirmed { (entry.isTold, entry.questions) = (true, 0) }
    if transition == .needsConfirmation { entry.needsAsking = true }
    entries[update.orderId] = entry
    if !wasOver { noteIfFinished(update.orderId) }
    return (entry.state, transition)
  }

  /// What to do next, most urgent first; nil when there is nothing.
  func nextStep(now: Duration = .zero) -> Step? {
    let ordered = entries.sorted { $0.key < $1.key }
    let isFull = subscriptions >= TrackedOrders.channelLimit
    if let over = ordered.first(where: {
      $0.value.subscription == .subscribed && $0.value.state.status.isTerminal
        && (isFull || !$0.value.lingers(at: now))
    }) {
      return .unsubscribe(over.key)
    }
    if !isFull,
      let open = ordered.first(where: {
        $0.value.subscription == .none && !$0.value.state.status.isTerminal
      })
    {
      return .subscribe(open.key)
    }
    return ordered.first { $0.value.needsAsking }.map { .ask($0.key) }
  }

  /// The channel is open, and updates before that may have been missed.
  mutating func subscribed(_ id: String) {
    entries[id]?.subscription = .subscribed
    entries[id]?.needsAsking = true
  }

  /// The server has no such channel: the order is watched by asking.
  mutating func refused(_ id: String) { entries[id]?.subscription = .refused }

  /// The channel is closed. What was not filled is asked for once more.
  mutating func unsubscribed(_ id: String) {
    entries[id]?.subscription = .none
    if entries[id]?.state.status != .filled { entries[id]?.needsAsking = true }
  }

  /// A question about the order was answered, whatever the answer.
  mutating func asked(_ id: String, now: Duration) {
    if entries[id]?.needsAsking == false { entries[id]?.questions += 1 }
    entries[id]?.needsAsking = false
    if entries[id]?.state.status == .filled { entries[id]?.inquiries += 1 }
    entries[id]?.lastHeard = now
  }

  /// A reply to a swap came that nobody waited for.
  mutating func noteStray() { strays += 1 }

  /// Every open order is to be asked for.
  mutating func recheck() {
    for (id, entry) in entries where !entry.state.status.isTerminal {
      entries[id]?.needsAsking = true
    }
  }

  /// Something was pushed, whatever it was: the stream is alive.
  mutating func notePush(now: Duration) { lastPush = now }

  /// A new connection has no channels, and anything may have happened meanwhile.
  mutating func forgetConnection() {
    connection += 1
    lastPush = nil
    for id in entries.keys {
      entries[id]?.subscription = .none
      entries[id]?.isTold = false
      entries[id]?.questions = 0
    }
    recheck()
  }

  /// The order that has waited longest for word, and how long until it is asked for; nil when none is
  /// open or lacks the amounts of its end.
  func nextPoll(now: Duration) -> (id: String, wait: Duration)? {
    let isLive = lastPush.map { now - $0 <= TrackedOrders.silence } ?? false
    let heard = isLive ? TrackedOrders.liveInterval : TrackedOrders.silentInterval
    return entries.lazy
      .filter { !$0.value.state.status.isTerminal || $0.value.awaitsDetails }
      .map { id, entry in
        guard !entry.state.status.isTerminal else {
          return (id, entry.lastHeard + entry.inquiryPause - now)
        }
        let interval =
          entry.subscription == .subscribed
          ? entry.pause(atMost: heard) : TrackedOrders.pollInterval
        return (id, entry.lastHeard + interval - now)
      }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }
      .map { (id: $0, wait: max(.zero, $1)) }
  }

  /// How long until the next channel of an order that is over is to be left; nil if there is none.
  func nextLeave(now: Duration) -> Duration? {
    entries.values.lazy
      .filter { $0.subscription == .subscribed && $0.state.status.isTerminal }
      .map { $0.lastHeard + TrackedOrders.lingering - now }
      .min().map { max(.zero, $0) }
  }

  private mutating func noteIfFinished(_ id: String) {
    guard entries[id]?.state.status.isTerminal == true else { return }
    finished.append(id)
    if finished.count > TrackedOrders.finishedLimit { entries[finished.removeFirst()] = nil }
  }
}
