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
    let columns = Columns(measured, width: size.columns - 2, outcome: outcomes.max() ?? 0)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.rows[index], columns, isSelected: index == state.selection, row: top + offset,
        in: &canvas)
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

  private struct Columns {
    let pair: Int
    let amount: DecimalColumn

    /// - Parameter outcome: columns that what became of an order takes at most.
    init(_ rows: some Collection<OrderRow>, width: Int, outcome: Int) {
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
    let room = canvas.size.columns - 1 - columns.statusColumn
    let status = StyledLine(order.status, order.statusStyle).fitted(to: room)
    canvas.put(status, column: columns.statusColumn, row: row)
    // The status comes first; an outcome that would be cut is not shown at all.
    let outcome = outcome(of: order)
    if outcome.width < room - status.width {
      canvas.put(
        outcome, column: columns.statusColumn, row: row, width: room, alignment: .right)
    }
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }

  private func outcome(of order: OrderRow) -> StyledLine {
    if order.isUnknown { return StyledLine("? " + Phrase.pressToRefresh.text, .warning) }
    if let filled = order.filledOut {
      let slippage = order.slippage.map {
        StyledLine("  " + $0, order.isBelowMinimum ? .loss : .dim)
      }
      return StyledLine(Amount.grouped(filled), order.isBelowMinimum ? .warning : .gain)
        + (isWide ? slippage ?? StyledLine() : StyledLine())
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
  var pair: String { "\(from)→\(to)" }

  var statusStyle: Style {
    if isUnknown { return Style.warning.strong }
    if isOpen { return .accent }
    if filledOut != nil { return .gain }
    return reason == nil ? .plain : .loss
  }
}
