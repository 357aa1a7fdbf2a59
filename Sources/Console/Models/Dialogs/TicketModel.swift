import Storage
import Trading
import Transport

/// The swap ticket: fields, then a quote to review, then one deliberate key that sends it.
@MainActor
final class TicketModel {
  private(set) var fields: [TicketState.FieldID: FieldState]
  private(set) var stage: TicketState.Stage = .editing(.amount)
  private var quote: Quote?
  private var quoteReceived: Int64 = 0
  /// The quote before this one, for the same question.
  private var formerQuote: Quote?
  private var problem: String?
  /// Since when the review is on the screen (uptime): a key already on its way must not commit.
  private var reviewedSince: Duration?
  private var orderId: String?
  private let context: ModelContext
  private let market: MarketModel
  private let status: StatusModel

  /// The commit key does nothing for this long after the quote appeared.
  static let armingDelay: Duration = .milliseconds(400)

  init(_ context: ModelContext, market: MarketModel, status: StatusModel) {
    self.context = context
    self.market = market
    self.status = status
    let (from, to) = market.suggestedPair
    fields = [
      .amount: FieldState(placeholder: Phrase.typeAmount.text),
      .from: FieldState(placeholder: from), .to: FieldState(placeholder: to),
      .slippage: FieldState(text: "0.30"),
    ]
  }

  var state: TicketState {
    var state = TicketState(mode: status.mode)
    state.stage = stage
    state.amount = field(.amount)
    state.from = field(.from)
    state.to = field(.to)
    if case .editing = stage {
    } else {
      state.from.text = asset(.from)
      state.to.text = asset(.to)
    }
    state.slippage = field(.slippage)
    state.available = market.balance(of: asset(.from))?.available
    state.quote = quote.map(lines)
    state.problem = problem
    state.commitDisabled = commitDisabledReason
    return state
  }

  /// When the commit key begins to work, in wall ms; nil when nothing waits for that.
  var armsAt: Int64? {
    guard stage == .review, let reviewedSince else { return nil }
    let rest = reviewedSince + TicketModel.armingDelay - context.time.uptime
    return rest > .zero ? context.now + rest.milliseconds + 1 : nil
  }

  // MARK: Editing

  /// A key for the field being edited; false when it is none of the field's business.
  func edit(_ key: Key) -> Bool {
    guard case .editing(let id) = stage, var field = fields[id], field.edit(key, limit: 64) else {
      return false
    }
    if id == .from || id == .to { field.text = field.text.uppercased() }
    fields[id] = field
    problem = nil
    context.onChange()
    return true
  }

  func moveField(by step: Int) {
    guard case .editing(let id) = stage else { return }
    let all = TicketState.FieldID.allCases
    let next = (id.rawValue + step + all.count) % all.count
    stage = .editing(all[next])
    context.onChange()
  }

  func backToEditing() {
    guard stage == .review else { return }
    stage = .editing(.amount)
    formerQuote = quote
    quote = nil
    context.onChange()
  }

  // MARK: Quoting

  /// Asks for a quote for what the fields say, or says what is wrong with them.
  func askForQuote() {
    let call = EstimateSwap(
      from: asset(.from), to: asset(.to), amount: field(.amount).text.filter { $0 != " " })
    let request: QuoteRequest
    do throws(ConsoleError) {
      request = try call.request()
      _ = try slippageBps()
    } catch {
      problem = error.sentences
      return context.onChange()
    }
    if case .waiting = status.lamp(.trading) {
      problem = ConsoleError.noConnection(.trading).sentences
      return context.onChange()
    }
    let earlier = stage
    stage = .quoting
    context.start("ticket.quote") { [self] in
      do throws(ConsoleError) {
        let received = try await context.desk.onlineTrader().estimate(request)
        // The person may have left or changed the fields meanwhile.
        guard stage == .quoting else { return }
        formerQuote = [quote, formerQuote].compactMap(\.self).first { $0.request == request }
        quote = received
        quoteReceived = context.now
        problem = nil
        stage = .review
        reviewedSince = context.time.uptime
      } catch {
        guard stage == .quoting else { return }
        stage = quote == nil ? .editing(.amount) : earlier
        problem = error.sentences
      }
    }
  }

  // MARK: Commit

  /// Why the commit key would do nothing now; nil when it would send the swap.
  var commitDisabledReason: String? {
    guard stage == .review, let quote, let reviewedSince else { return Phrase.noQuote.text }
    if status.isHalted { return Phrase.halted.text }
    guard case .online = status.lamp(.trading) else {
      return Phrase.noConnectionTo.with(Service.trading.title)
    }
    guard let balance = market.balance(of: quote.request.from),
      let available = Amount(serverText: balance.available)
    else { return Phrase.noBalanceData.with(quote.request.from) }
    if available < quote.request.amount { return Phrase.overBalance.with(balance.available) }
    let uptime = context.time.uptime
    if quote.remaining(at: uptime) <= .zero { return Phrase.quoteStale.text }
    return uptime - reviewedSince < TicketModel.armingDelay ? Phrase.readFirst.text : nil
  }

  /// Sends the swap that is being reviewed, if nothing speaks against it.
  func commit() {
    guard commitDisabledReason == nil, let quote else { return context.onChange() }
    let id = ClientOrderID.random(from: context.desk.context.random)
    let request: SwapRequest
    do throws(ConsoleError) {
      request = try SwapRequest(
        accepting: quote, slippageBps: try slippageBps(), clientOrderId: id)
    } catch {
      problem = error.sentences
      return context.onChange()
    }
    stage = .sending
    orderId = id.text
    context.start("ticket.swap") { [self] in
      do throws(ConsoleError) {
        let outcome = try await context.desk.openTrader().swap(request, quote: quote)
        stage = finished(outcome)
        // News that came before the outcome were not taken then.
        if let order = market.order(id.text), !order.isOpen { take(order) }
      } catch {
        stage = .finished(status: error.code, text: error.sentences, isGood: false)
      }
    }
  }

  /// News about the order that this ticket placed.
  func take(_ order: OrderRecord) {
    guard order.clientOrderId == orderId, case .finished(let status, _, _) = stage,
      status != order.status
    else { return }
    stage = .finished(
      status: order.status,
      text: text(of: order),
      isGood: order.isOpen ? !order.isUnknown : order.status == OrderStatus.filled.text)
    context.onChange()
  }

  private func text(of order: OrderRecord) -> String {
    if let filledOut = order.filledOut { return Phrase.received.with("\(filledOut) \(order.to)") }
    if let reason = order.reason { return reason }
    return order.isOpen ? order.orderId.map { Phrase.orderPlaced.with($0) } ?? "" : ""
  }

  private func finished(_ outcome: SwapOutcome) -> TicketState.Stage {
    func bad(_ status: OrderStatus, _ text: String) -> TicketState.Stage {
      .finished(status: status.text, text: text, isGood: false)
    }
    return switch outcome {
    case .accepted(let id, let status):
      .finished(status: status.text, text: Phrase.orderPlaced.with(id), isGood: true)
    case .rejected(let error): bad(.rejected, ConsoleError(error).sentences)
    case .notSent(let error): bad(.notSent, ConsoleError(error).sentences)
    case .unknown(let error): bad(.unknown, "\(error.message) \(Phrase.unknownAdvice.text)")
    }
  }

  // MARK: Reading the fields

  private func field(_ id: TicketState.FieldID) -> FieldState { fields[id] ?? FieldState() }

  /// The asset that was typed, or the suggested one when nothing was.
  private func asset(_ id: TicketState.FieldID) -> String {
    let typed = field(id).text.filter { !$0.isWhitespace }.uppercased()
    return typed.isEmpty ? field(id).placeholder : typed
  }

  /// Percent with at most two places, as hundredths of a percent.
  private func slippageBps() throws(ConsoleError) -> Int {
    let text = field(.slippage).text
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    guard (1...2).contains(parts.count), fraction.count <= 2, text.utf8.count <= 6,
      text.utf8.allSatisfy({ $0 == 0x2e || (0x30...0x39).contains($0) }),
      let whole = Int(parts[0]), let hundredths = Int((fraction + "00").prefix(2)),
      whole * 100 + hundredths <= 10_000
    else {
      throw ConsoleError(
        .usage, code: "invalid-slippage", Phrase.badSlippage.text,
        hint: Phrase.badSlippageHint.text)
    }
    return whole * 100 + hundredths
  }

  private func lines(_ quote: Quote) -> TicketState.QuoteLines {
    let bps = (try? slippageBps()) ?? 0  // Checked before the quote was asked for.
    let remaining = quote.remaining(at: context.time.uptime).milliseconds
    var lines = TicketState.QuoteLines(
      expectedOut: quote.expectedOut.text, price: quote.price?.text ?? "",
      minimumOut: quote.minimumOut(slippageBps: bps).plainText, route: route(quote),
      fee: quote.fee?.text, validUntil: context.now + remaining, receivedAt: quoteReceived)
    lines.warnings = quote.warnings.map(\.message)
    if let formerOut = formerQuote?.expectedOut, formerOut != quote.expectedOut {
      lines.before = formerOut.text
      lines.change = Amount.percentChange(from: formerOut, to: quote.expectedOut)
    }
    if let balance = market.balance(of: quote.request.from),
      let available = Amount(serverText: balance.available)
    {
      lines.afterFrom = "\(quote.request.from) \((available - quote.request.amount).plainText)"
    }
    if let balance = market.balance(of: quote.request.to),
      let total = Amount(serverText: balance.available)
    {
      lines.afterTo = "\(quote.request.to) \((total + quote.expectedOut).plainText)"
    }
    return lines
  }

  private func route(_ quote: Quote) -> String {
    let assets = quote.route.compactMap(\.toAsset)
    let path = ([quote.request.from] + (assets.isEmpty ? [quote.request.to] : assets))
      .joined(separator: " → ")
    let places = quote.route.compactMap(\.place).map(abbreviated)
    return places.isEmpty ? path : "\(path)  \(places.joined(separator: ", "))"
  }

  /// `pool 0x88e6…5640`; names of venues stay whole.
  private func abbreviated(_ place: String) -> String {
    guard place.hasPrefix("0x"), place.count > 14 else { return place }
    return "pool \(place.prefix(6))…\(place.suffix(4))"
  }
}
