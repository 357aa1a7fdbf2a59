import Domain
import Phrases
import ScreenState

/// Swaps: open ones first; what nobody knows the outcome of stands out.
struct OrdersPane: Pane {
  var state: OrdersState
  var moment: RenderClock
  var isFocused: Bool
  /// Whether there is room for more than the outcome.
  private var isWide = false

  init(state: OrdersState, moment: RenderClock, isFocused: Bool) {
    self.state = state
    self.moment = moment
    self.isFocused = isFocused
  }

  func canvas(_ size: Size) -> Canvas {
    var pane = self
    pane.isWide = size.columns >= 60
    return pane.drawn(size)
  }

  private func drawn(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let heading = PaneHeading(
      title: Phrase.orders.text,
      note: note, isFocused: isFocused, freshness: state.freshness,
      empty: state.rows.isEmpty
        ? (state.filter == .all ? Phrase.emptyOrders : .noneOfThese).text : nil)
    let top = heading.draw(in: &canvas, at: moment)
    let window = ListWindow(state.rows, selection: state.selection, height: size.rows - top)
    heading.drawHidden(window, of: state.rows.total, in: &canvas, at: moment)
    // Where all are here the columns stand still while one moves through the list.
    let isWhole = state.rows.count == state.rows.total
    let measured = isWhole ? state.rows[...] : state.rows[window.visible]
    let outcomes = measured.map { outcome(of: $0).width + 1 + TextWidth.columns(of: $0.status) }
    let extras =
      isWide ? extras(measured, width: size.columns - 2, outcome: outcomes.max() ?? 0) : []
    let columns = Columns(
      measured, width: size.columns - 2, outcome: outcomes.max() ?? 0, extras: extras)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.rows[index], columns, isSelected: index == state.selection, row: top + offset,
        in: &canvas)
      canvas.setTarget(.row(.orders, state.rows[index].id), row: top + offset)
    }
    return canvas
  }

  /// Which orders these are, and how many are open.
  private var note: StyledLine {
    let open =
      state.open > 0 ? StyledLine(Phrase.ordersOpen.with("\(state.open)"), .accent) : StyledLine()
    guard let name = state.filter.name else { return open }
    return StyledLine("[\(name)] ", Style.accent.strong) + open
  }

  /// A column that is shown where there is room: at the right edge, the gap before it included.
  private struct Extra {
    let width: Int
    let text: (OrderRow) -> StyledLine
  }

  /// How much the price fell short, and when it was placed, as far as amounts stay whole.
  private func extras(
    _ rows: some Collection<OrderRow>, width: Int, outcome: Int
  ) -> [Extra] {
    let all: [(OrderRow) -> StyledLine] = [
      { order in
        StyledLine(order.slippage ?? "", order.isBelowMinimum ? .loss : .dim)
      },
      { [moment] in StyledLine(moment.short($0.createdAt), .dim) },
    ]
    let least =
      (rows.map { TextWidth.columns(of: $0.pair) }.max() ?? 0)
      + DecimalColumn(rows.map(\.amount), width: 24).width + 4 + outcome
    var room = width - least
    var extras: [Extra] = []
    // The time first, at the edge.
    for text in all.reversed() {
      let width = (rows.map { text($0).width }.max() ?? 0) + 2
      guard width > 2, width <= room else { continue }
      room -= width
      extras.insert(Extra(width: width, text: text), at: 0)
    }
    return extras
  }

  private struct Columns {
    let pair: Int
    let amount: DecimalColumn
    let extras: [Extra]

    /// - Parameter outcome: columns that what became of an order takes at most.
    init(_ rows: some Collection<OrderRow>, width: Int, outcome: Int, extras: [Extra]) {
      self.extras = extras
      let width = width - extras.reduce(0) { $0 + $1.width }
      let wish = rows.map { TextWidth.columns(of: $0.pair) }.max() ?? 0
      pair = min(max(8, width / 4), wish)
      amount = DecimalColumn(
        rows.map(\.amount), width: max(6, width - pair - 2 - min(outcome, width / 2)))
    }

    var amountColumn: Int { 1 + pair + 1 }
    var statusColumn: Int { amountColumn + amount.width + 1 }
  }

  private func draw(
    _ order: OrderRow, _ columns: Columns, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    let isDim = state.freshness.isOld || !order.isOpen && !order.isUnknown
    let style: Style = isSelected && isFocused ? .selected : isDim ? .dim : .plain
    canvas.put(order.pair, column: 1, row: row, style: style, width: columns.pair)
    canvas.put(
      columns.amount.text(order.amount), column: columns.amountColumn, row: row, style: style)
    var end = canvas.size.columns - 1
    for extra in columns.extras.reversed() {
      end -= extra.width
      canvas.put(
        extra.text(order), column: end, row: row, width: extra.width, alignment: .right)
    }
    let room = end - columns.statusColumn - (columns.extras.isEmpty ? 0 : 1)
    let status = StyledLine(order.status, order.statusStyle).fitted(to: room)
    canvas.put(status, column: columns.statusColumn, row: row)
    // The status comes first; an outcome that would be cut is not shown at all.
    var outcome =
      columns.extras.isEmpty || !order.hasEnded
      ? outcome(of: order)
      // When stands in a column of its own.
      : StyledLine(order.reason ?? "", .dim).fitted(to: max(0, room - status.width - 2))
    // What is to be done is said by its key alone where there is no room for the word.
    if order.isUnknown, outcome.width >= room - status.width {
      outcome = StyledLine("? u", .warning)
    }
    if outcome.width < room - status.width {
      canvas.put(
        outcome, column: columns.statusColumn, row: row, width: room, alignment: .right)
    }
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }

  private func outcome(of order: OrderRow) -> StyledLine {
    if order.isUnknown { return StyledLine("? " + Phrase.pressToRefresh.text, .warning) }
    if let filled = order.filledOut {
      return StyledLine(Amount.grouped(filled), order.isBelowMinimum ? .warning : .gain)
    }
    if order.isOpen { return StyledLine(moment.age(order.createdAt), .dim) }
    return StyledLine(moment.short(order.updatedAt), .dim)
  }
}

extension OrdersState.Filter {
  /// Nil for the usual one.
  var name: String? {
    switch self {
    case .all: nil
    case .open: Phrase.filterOpen.text
    case .failed: Phrase.filterFailed.text
    case .unknown: Phrase.filterUnknown.text
    }
  }
}

extension OrderRow {
  /// Nothing came of it, and nothing will.
  fileprivate var hasEnded: Bool { !isUnknown && !isOpen && filledOut == nil }

  var pair: String { "\(from)→\(to)" }

  var statusStyle: Style {
    if isUnknown { return Style.warning.strong }
    if isOpen { return .accent }
    if filledOut != nil { return .gain }
    return reason == nil ? .plain : .loss
  }
}
