import Console

/// What the trading account holds, decimal points in one line.
struct BalancesPane: Pane {
  var state: BalancesState
  var moment: Moment
  var isFocused: Bool

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let empty = state.freshness == .notSetUp ? Phrase.emptyBalances : .noBalances
    let heading = PaneHeading(
      title: Phrase.balances.text, note: age, isFocused: isFocused, freshness: state.freshness,
      empty: state.rows.isEmpty ? empty.text : nil)
    let top = heading.draw(in: &canvas, at: moment)
    let columns = Columns(state.rows, width: size.columns - 2)
    let window = ListWindow(
      count: state.rows.count, selection: state.selection, height: size.rows - top)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.rows[index], columns, isSelected: index == state.selection, row: top + offset,
        in: &canvas)
    }
    return canvas
  }

  /// Said once the last change is a minute old; until then the numbers speak for themselves.
  private var age: Line {
    guard case .live(let since) = state.freshness, moment.now - since >= 60_000 else {
      return Line()
    }
    return Line(Phrase.ago.with(moment.age(since)), .dim)
  }

  private struct Columns {
    let asset: Int
    let total: DecimalColumn
    let locked: Int

    init(_ rows: [BalancesState.Row], width: Int) {
      asset = min(8, rows.map { TextWidth.columns(of: $0.asset) }.max() ?? 0)
      let lockedTexts = rows.filter { !Amount.isZero($0.locked) }.map {
        Phrase.locked.with(Amount.grouped($0.locked))
      }
      let wish = lockedTexts.map(TextWidth.columns).max() ?? 0
      // The last places of a long fraction give way to what is locked.
      total = DecimalColumn(
        rows.map(\.total), width: width - asset - 2 - 2 - (wish == 0 ? 0 : min(wish, 11) + 1))
      locked = max(0, width - asset - 2 - total.width - 2 - 1)
    }
  }

  private func draw(
    _ balance: BalancesState.Row, _ columns: Columns, isSelected: Bool, row: Int,
    in canvas: inout Canvas
  ) {
    let isDim = state.freshness.isOld || Amount.isZero(balance.total)
    let style: Style = isSelected && isFocused ? .selected : isDim ? .dim : .plain
    canvas.put(balance.asset, column: 1, row: row, style: style, width: columns.asset)
    let isOverdrawn = balance.available.hasPrefix("-")
    var column = canvas.put(
      columns.total.text(balance.total), column: 1 + columns.asset + 2, row: row,
      style: isOverdrawn ? Style.loss.strong : style)
    switch balance.movement {
    case .none: break
    case .up: canvas.put("▲", column: column + 1, row: row, style: .gain)
    case .down: canvas.put("▼", column: column + 1, row: row, style: .loss)
    }
    column += 3
    if !Amount.isZero(balance.locked), columns.locked > 0 {
      canvas.put(
        Phrase.locked.with(Amount.grouped(balance.locked)), column: column, row: row, style: .dim,
        width: canvas.size.columns - 1 - column, alignment: .right)
    }
    if isSelected { canvas.selectionMark(row: row, isFocused: isFocused) }
  }
}
