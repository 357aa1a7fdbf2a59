import Accounts
import Clocks
import Domain
import Phrases
import ScreenState
import Storage

/// The swap ticket: fields, then a quote to review, then one deliberate key that sends it.
@MainActor
package final class TicketModel {
  private(set) var stage: TicketState.Stage = .editing(.from)
  private var fields: TicketFields
  private var quotes = TicketQuotes()
  /// Nil until there was a quote to agree to.
  private var consent: TicketConsent?
  private var problem: String?
  private var orderId: String?
  /// Asks for a new quote before the present one ends.
  private var renewal: Task<Void, Never>?
  private let context: ModelContext
  private let exchange: TradingModels
  /// Nobody has looked at the quote for long: it ends, and is not renewed.
  var quoteEnds: (String) -> Void = { _ in }

  init(_ context: ModelContext, exchange: TradingModels) {
    self.context = context
    self.exchange = exchange
    let (from, to) = exchange.market.suggestedPair
    fields = TicketFields(from: from, to: to)
  }

  deinit { renewal?.cancel() }

  var state: TicketState {
    var state = TicketState(mode: exchange.status.mode, isHalted: exchange.status.isHalted)
    state.stage = stage
    for id in TicketState.FieldID.allCases { state[id] = fields[id] }
    if case .editing = stage {
      state.part = part
    } else {
      state.amount.text = exchange.market.places.text(
        fields.amountText, of: fields.asset(.from))
      state.from.text = fields.asset(.from)
      state.to.text = fields.asset(.to)
    }
    let from = fields.asset(.from)
    state.available = exchange.market.balance(of: from).map {
      exchange.market.places.text($0.available, of: from)
    }
    state.quote = quotes.lines(
      slippageBps: fields.slippage ?? 0, uptime: context.time.uptime, market: exchange.market)
    state.slippageBps = fields.slippage ?? 0
    state.problem = problem
    state.commitDisabled = commitDisabledReason
    state.question = question
    return state
  }

  /// When the commit key begins to work, in ms of uptime; nil when nothing waits for that.
  var armsAt: Int64? {
    guard stage == .review, let consent else { return nil }
    let rest = consent.armed - context.time.uptime
    return rest > .zero ? context.uptime + rest.milliseconds + 1 : nil
  }

  // MARK: Editing

  /// A key for the field being edited; false when it is none of the field's business.
  func edit(_ key: Key) -> Bool {
    guard case .editing(let id) = stage else { return false }
    guard fields.edit(key, in: id, killed: &context.killed) else { return false }
    problem = nil
    context.onChange()
    return true
  }

  /// What a part is taken of.
  private var spendable: TicketFields.SpendableBalance {
    let asset = fields.asset(.from)
    return TicketFields.SpendableBalance(
      available: exchange.market.balance(of: asset)?.exactAvailable,
      reserve: exchange.safety.reserve(of: asset))
  }

  /// The amount, or what a part of what is available comes to.
  private var paid: String {
    if case .editing = stage { return part ?? fields.amountText }
    return fields.amountText
  }

  /// What the part that is written comes to now; nil for an amount, and where there is nothing to take.
  private var part: String? {
    // Why there is none is said when a price is asked for.
    do throws(UserError) { return try fields.part(of: spendable) } catch { return nil }
  }

  /// Fills in what was said before the ticket was opened.
  func fill(amount: String, from: String, to: String) {
    guard !from.isEmpty else { return }
    fields.fill(amount: amount, from: from, to: to)
    stage = .editing(.amount)
    context.onChange()
  }

  func moveField(by step: Int) {
    guard case .editing(let id) = stage else { return }
    let all = TicketState.FieldID.allCases
    let next = (id.rawValue + step + all.count) % all.count
    stage = .editing(all[next])
    context.onChange()
  }

  func backToEditing() {
    guard stage == .review || stage == .quoting else { return }
    stage = .editing(.amount)
    fields.unsettle()
    renewal?.cancel()
    quotes.drop()
    consent = nil
    context.onChange()
  }

  // MARK: Quoting

  /// Asks for a quote for what the fields say, or says what is wrong with them.
  func askForQuote() {
    quotes.attend()
    if case .editing(.from) = stage, fields.amountText.isEmpty {
      stage = .editing(.amount)
      return context.onChange()
    }
    if let reason = settle() ?? fieldProblem {
      problem = reason
      return context.onChange()
    }
    if case .waiting = exchange.status.state(.exchange),
      let service = exchange.status.service(with: .exchange)
    {
      problem =
        UserError.noConnection(service, because: exchange.status.cause(of: service)).sentences
      return context.onChange()
    }
    let earlier = stage
    stage = .quoting
    request { [self] quote in
      // The person may have left or changed the fields meanwhile.
      guard stage == .quoting, fields.areAnswered(by: quote) else { return }
      stage = .review
      show(quote)
    } otherwise: { [self] error in
      guard stage == .quoting else { return }
      stage = quotes.current == nil ? .editing(.amount) : earlier
      if case .editing = stage { fields.unsettle() }
      problem = error.sentences
      if stage == .review { renewLater() }
    }
  }

  private func request(
    then receive: @escaping @MainActor (Quote) -> Void,
    otherwise fail: @escaping @MainActor (UserError) -> Void
  ) {
    let call = HoldQuote(fields.estimate)
    context.start("ticket.quote") { [context] in
      do throws(UserError) {
        if let held = try await context.hub.lines(of: call).first { receive(held.quote) }
      } catch {
        fail(error)
      }
    }
  }

  private func show(_ quote: Quote) {
    let uptime = context.time.uptime
    if consent == nil { consent = TicketConsent(quote, at: uptime) }
    consent?.show(quote, at: uptime)
    quotes.show(quote, slippageBps: fields.slippage ?? 0, at: context.uptime)
    problem = nil
    renewLater()
  }

  /// Keeps the quote under review alive as long as somebody looks at it.
  private func renewLater() {
    renewal?.cancel()
    guard let pause = quotes.renewal(at: context.time.uptime) else {
      if let swap = quotes.current?.request { quoteEnds("\(swap.from) → \(swap.to)") }
      return
    }
    renewal = Task { [weak self, time = context.time] in
      do { try await time.sleep(for: pause) } catch { return }
      self?.renew()
    }
  }

  private func renew() {
    guard stage == .review else { return }
    request { [weak self] quote in
      guard let self, stage == .review, fields.areAnswered(by: quote) else { return }
      show(quote)
    } otherwise: { [weak self] error in
      guard let self, stage == .review else { return }
      problem = error.sentences
      quotes.miss()
      renewLater()
    }
  }

  // MARK: Commit

  /// Makes a part an amount; returns why that cannot be.
  private func settle() -> String? {
    do throws(UserError) {
      try fields.settle(spending: spendable)
      return nil
    } catch {
      return error.sentences
    }
  }

  /// What keeps the fields from making a swap, in words.
  private var fieldProblem: String? {
    do throws(UserError) {
      _ = try fields.estimate.request()
      _ = try fields.slippageBps()
      return nil
    } catch {
      return error.sentences
    }
  }

  /// Why the commit key would do nothing now; nil when it would send the swap or ask once more.
  var commitDisabledReason: String? {
    if let reason = obstacle { return reason }
    guard stage == .review, let consent else { return nil }
    return context.time.uptime < consent.armed ? Phrase.readFirst.text : nil
  }

  /// Like `commitDisabledReason`, but for what a moment's rest of the key will cure.
  var obstacle: String? {
    if let objection = exchange.safety.obstacle { return objection.message }
    guard case .online = exchange.status.state(.exchange) else {
      return Phrase.noConnectionTo.with(exchange.status.service(with: .exchange)?.title ?? "")
    }
    let amount: Amount
    do throws(AmountRefusal) {
      amount = try Amount(userText: paid)
    } catch {
      return error.message
    }
    let (from, to) = (fields.asset(.from), fields.asset(.to))
    guard let available = exchange.market.balance(of: from)?.exactAvailable else {
      return Phrase.noBalanceData.with(from)
    }
    if available < amount {
      return available.isPositive
        ? Phrase.overBalance.with(available.shown) : Phrase.nothingAvailable.with(from)
    }
    guard let bps = fields.slippage else { return Phrase.badSlippage.text }
    let objection = exchange.safety.rules.objection(
      from: from, to: to, amount: amount, slippageBps: bps)
    if let objection { return objection.message }
    guard stage == .review, let quote = quotes.current else { return Phrase.noQuote.text }
    return quote.remaining(at: context.time.uptime) > .zero ? nil : Phrase.quoteStale.text
  }

  /// What one press of the commit key would only agree to.
  private var question: String? {
    guard stage == .review, obstacle == nil, let consent, let quote = quotes.current else {
      return nil
    }
    if consent.hasChanged {
      return Phrase.quoteChanged.with(
        "\(Amount.grouped(quote.expectedOut.text)) \(quote.request.to)")
    }
    guard !consent.repeatsOnPurpose, let earlier = sameSwap(as: quote) else { return nil }
    return Phrase.sameSwapAgain.with("\((context.now - earlier.createdAt) / 1000)")
  }

  private func sameSwap(as quote: Quote) -> OrderRecord? {
    exchange.orders.sameSwap(
      as: quote.request, since: context.now - TicketModel.repetitionSpan)
  }

  /// How long the same swap again looks like a mistake, in milliseconds.
  static let repetitionSpan: Int64 = 10_000

  /// The commit key: sends the swap that is being reviewed, if nothing speaks against it.
  func commit() {
    quotes.attend()
    guard stage == .review, obstacle == nil, let quote = quotes.current else {
      return context.onChange()
    }
    let answer = consent?.press(
      at: context.time.uptime, isRepetition: sameSwap(as: quote) != nil)
    guard answer == .commit else {
      if answer == .tooEarly {
        context.notices.show(NoticeText(.info, Phrase.readFirst.text), on: .ticket)
      } else if answer == .agreed {
        context.notices.show(NoticeText(.info, Phrase.agreed.text), on: .ticket)
      }
      return context.onChange()
    }
    let id = PlaceSwap.newOrderId(from: context.hub.environment.random)
    let call: PlaceSwap
    do throws(UserError) {
      call = PlaceSwap(
        fields.estimate, slippageBps: try fields.slippageBps(), clientOrderId: id,
        held: HeldQuote(quote))
    } catch {
      problem = error.sentences
      return context.onChange()
    }
    renewal?.cancel()
    context.notices.forget(.ticket)
    stage = .sending
    orderId = id
    context.start("ticket.swap") { [self] in
      let told = Told()
      do throws(UserError) {
        try await context.hub.run(call) { await told.keep($0) }
        stage = TicketModel.finished(told.line, nil)
      } catch {
        stage = TicketModel.finished(told.line, error)
      }
      // News that came before the outcome were not applied then.
      if let order = exchange.orders.order(id) { apply(order) }
    }
  }

  /// What the request has told of the swap; nothing as long as it has not left.
  @MainActor private final class Told {
    private(set) var line: SwapOutput?
    func keep(_ line: SwapOutput) { self.line = line }
  }

  // MARK: What became of it

  /// News about the order that this ticket placed.
  func apply(_ order: OrderRecord) {
    guard order.clientOrderId == orderId, case .finished(let status, let text, _) = stage,
      status != order.status.word || !order.isOpen && text != TicketModel.text(of: order)
    else { return }
    stage = .finished(
      status: order.status.word, text: TicketModel.text(of: order),
      isGood: order.isOpen ? !order.isUnknown : order.status == .filled)
    context.onChange()
  }

  private static func text(of order: OrderRecord) -> String {
    if let filledOut = order.filledOut {
      return Phrase.received.with("\(Amount.grouped(filledOut)) \(order.to)")
    }
    if let reason = order.reason { return reason }
    return order.isOpen ? order.orderId.map { Phrase.orderPlaced.with($0) } ?? "" : ""
  }

  /// - Parameters:
  ///   - line: what was told of the swap; nil for one that was not sent.
  ///   - error: why it is not an order that goes its way.
  private static func finished(_ line: SwapOutput?, _ error: UserError?) -> TicketState.Stage {
    let status = line.map { OrderStatus(storedText: $0.status).word } ?? OrderStatus.notSent.word
    guard let error else {
      let text = line?.orderId.map { Phrase.orderPlaced.with($0) } ?? ""
      return .finished(status: status, text: text, isGood: true)
    }
    guard error.kind == .outcomeUnknown else {
      return .finished(status: status, text: error.sentences, isGood: false)
    }
    return .finished(
      status: OrderStatus.unknown.word, text: "\(error.message). \(Phrase.unknownAdvice.text)",
      isGood: false)
  }
}
