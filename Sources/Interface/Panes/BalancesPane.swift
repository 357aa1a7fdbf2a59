import Domain
import Phrases
import ScreenState

/// What the trading account holds, decimal points in one line.
struct BalancesPane: Pane {
  var state: BalancesState
  var moment: RenderClock
  var isFocused: Bool

  /// Up to so many rows the columns are made for all of them, so that they stand still while one moves
  /// through the list; for more only for those in view, as measuring them all takes too long.
  private static let measuredRows = 200

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let empty = state.freshness == .notSetUp ? Phrase.emptyBalances : .noBalances
    let heading = PaneHeading(
      title: Phrase.balances.text, note: age, isFocused: isFocused, freshness: state.freshness,
      empty: state.rows.isEmpty ? empty.text : nil)
    let top = heading.draw(in: &canvas, at: moment)
    let foot = state.worth == nil || state.rows.isEmpty ? 0 : 1
    let window = ListWindow(
      count: state.rows.count, selection: state.selection, height: size.rows - top - foot)
    heading.drawHidden(window, of: state.rows.count, in: &canvas, at: moment)
    let measured =
      state.rows.count > Self.measuredRows ? state.rows[window.visible] : state.rows[...]
    let columns = BalanceColumns(
      measured, countedIn: state.countedIn, width: size.columns - 2)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.rows[index], columns, isSelected: index == state.selection, row: top + offset,
        in: &canvas)
      canvas.setTarget(.row(.balances, state.rows[index].id), row: top + offset)
    }
    if foot > 0, let worth = state.worth {
      draw(worth, row: top + window.visible.count, in: &canvas)
    }
    return canvas
  }

  /// How old the last change is: nothing while it is fresh, then by the clock, which does not have to
  /// be redrawn every second, then by the minute.
  private var age: StyledLine {
    guard case .live(let since) = state.freshness else { return StyledLine() }
    let age = moment.now - since
    if age < BalancesState.fresh { return StyledLine() }
    if age >= 60_000 { return StyledLine(Phrase.ago.with(moment.age(since)), .dim) }
    return StyledLine(Phrase.atTime.with(moment.time(since).clockWithSeconds), .dim)
  }

  private func draw(_ worth: BalancesState.Worth, row: Int, in canvas: inout Canvas) {
    let words = worth.isWhole ? Phrase.worthTotal : .worthPartly
    var line = StyledLine(
      words.with(Amount.grouped(worth.total), worth.asset), state.freshness.isOld ? .dim : .bold)
    if let change = worth.change {
      line += StyledLine("  \(change)", change.hasPrefix("+") ? .gain : .loss)
    }
    let trend = StyledLine(sparkline(worth.trend), .accent)
    // Since when, where that costs nothing else.
    // Not by the second, which would have to be drawn anew each time.
    let since = worth.since.flatMap { moment.now - $0 >= 60_000 ? $0 : nil }
    let span = since.map { StyledLine(" " + Phrase.inSpan.with(moment.age($0)), .dim) }
    let rest = trend.spans.isEmpty ? 0 : trend.width + 2
    if worth.change != nil, let span,
      line.width + span.width + rest <= canvas.size.columns - 2
    {
      line += span
    }
    canvas.put(line, column: 1, row: row, width: canvas.size.columns - 2)
    if line.width + trend.width + 2 <= canvas.size.columns - 2 {
      canvas.put(trend, column: 1, row: row, width: canvas.size.columns - 2, alignment: .right)
    }
  }

  private func draw(
    _ balance: BalancesState.Row, _ columns: BalanceColumns, isSelected: Bool, row: Int,
    in canvas: inout Canvas
  ) {
    let isDim = state.freshness.isOld || balance.isUnreadable || Amount.isZero(balance.total)
    let style: Style = isSelected && isFocused ? .selected : isDim ? .dim : .plain
    canvas.put(balance.asset, column: 1, row: row, style: style, width: columns.asset)
    let isOverdrawn = balance.available.hasPrefix("-")
    let total = columns.total.text(balance.total)
    let column = canvas.put(
      total, column: columns.totalColumn, row: row,
      style: isOverdrawn ? Style.loss.strong : style)
    mark(balance, total, columns, row: row, in: &canvas)
    switch balance.movement {
    case _ where balance.isUnreadable:
      canvas.put("?", column: column + 1, row: row, style: .loss)
    case .none: break
    case .up: canvas.put("▲", column: column + 1, row: row, style: .gain)
    case .down: canvas.put("▼", column: column + 1, row: row, style: .loss)
    }
    drawRest(of: balance, columns, row: row, in: &canvas)
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }

  /// What is locked, how the price went, and what it is worth, from the right edge on.
  private func drawRest(
    of balance: BalancesState.Row, _ columns: BalanceColumns, row: Int, in canvas: inout Canvas
  ) {
    let edge = canvas.size.columns - 1
    let worth = columns.worthText(balance)
    canvas.put(worth, column: edge - columns.worthWidth, row: row, style: .dim)
    let end = edge - (columns.worthWidth > 0 ? columns.worthWidth + 1 : 0)
    let locked =
      Amount.isZero(balance.locked) ? "" : Phrase.locked.with(Amount.grouped(balance.locked))
    let width = TextWidth.columns(of: locked)
    // Where there is not room for both, what cannot be traded is more than how the price went.
    let isBetween = !locked.isEmpty && width < columns.between
    let trend =
      !isBetween || columns.hasBoth ? sparkline(balance.trend, columns: columns.trend) : ""
    canvas.put(
      trend, column: end - columns.trend, row: row, style: .accent, width: columns.trend,
      alignment: .right)
    if isBetween {
      // Two numbers with one space between them look like one.
      let gap =
        columns.hasBoth && columns.trend > 0
        ? columns.trend + 1 : columns.between > width + 1 ? 1 : 0
      canvas.put(locked, column: end - gap - width, row: row, style: .dim)
    } else if worth.isEmpty, trend.isEmpty, width < edge - end + columns.between {
      canvas.put(locked, column: edge - width, row: row, style: .dim)
    }
  }

  /// The digits that changed, and no others, take the colour of the movement.
  private func mark(
    _ balance: BalancesState.Row, _ total: String, _ columns: BalanceColumns, row: Int,
    in canvas: inout Canvas
  ) {
    guard let before = balance.before.map(columns.total.text), before.count == total.count,
      balance.movement != .none
    else { return }
    let style: Style = balance.movement == .up ? .gain : .loss
    for (offset, (old, new)) in zip(before, total).enumerated() where old != new && new != " " {
      canvas.put(
        String(new), column: columns.totalColumn + offset, row: row, style: style.strong)
    }
  }
}

extension BalancesState {
  /// A change younger than this (milliseconds) needs no age.
  fileprivate static let fresh: Int64 = 2_000

  /// Whether the last change is about to be no longer fresh.
  func isAging(at now: Int64) -> Bool {
    guard case .live(let since) = freshness, !rows.isEmpty else { return false }
    return now - since < Self.fresh
  }
}

/// A graph one row high: `▁▂▅▇`; of more levels than columns some in even steps, with first and last.
func sparkline(_ levels: [Int], columns: Int = .max) -> String {
  let count = min(levels.count, columns)
  guard count > 1 else { return "" }
  return String(
    (0..<count).map { index in
      let level = levels[index * (levels.count - 1) / (count - 1)]
      return Array("▁▂▃▄▅▆▇█")[max(0, min(7, level))]
    })
}
