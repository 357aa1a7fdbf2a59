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
    let worth = worthWidth(size)
    let foot = state.worth == nil || state.rows.isEmpty ? 0 : 1
    let window = ListWindow(
      count: state.rows.count, selection: state.selection, height: size.rows - top - foot)
    heading.drawHidden(window, of: state.rows.count, in: &canvas, at: moment)
    let measured =
      state.rows.count > Self.measuredRows ? state.rows[window.visible] : state.rows[...]
    let columns = Columns(measured, width: size.columns - 2 - worth)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.rows[index], columns, isSelected: index == state.selection, row: top + offset,
        worth: worth, in: &canvas)
    }
    if foot > 0, let worth = state.worth {
      draw(worth, row: top + window.visible.count, in: &canvas)
    }
    return canvas
  }

  /// Columns for what each balance is worth and how its price went, where there is room.
  private func worthWidth(_ size: Size) -> Int {
    let isKnown = state.rows.contains { $0.worth != nil || !$0.trend.isEmpty }
    return isKnown && size.columns >= 72 ? 28 : 0
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
    canvas.put(line, column: 1, row: row, width: canvas.size.columns - 2)
    let trend = StyledLine(sparkline(worth.trend), .accent)
    if line.width + trend.width + 2 <= canvas.size.columns - 2 {
      canvas.put(trend, column: 1, row: row, width: canvas.size.columns - 2, alignment: .right)
    }
  }

  private struct Columns {
    let asset: Int
    let total: DecimalColumn
    let locked: Int

    init(_ rows: ArraySlice<BalancesState.Row>, width: Int) {
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
    _ balance: BalancesState.Row, _ columns: Columns, isSelected: Bool, row: Int, worth: Int,
    in canvas: inout Canvas
  ) {
    let isDim = state.freshness.isOld || balance.isUnreadable || Amount.isZero(balance.total)
    let style: Style = isSelected && isFocused ? .selected : isDim ? .dim : .plain
    canvas.put(balance.asset, column: 1, row: row, style: style, width: columns.asset)
    let isOverdrawn = balance.available.hasPrefix("-")
    let total = columns.total.text(balance.total)
    var column = canvas.put(
      total, column: 1 + columns.asset + 2, row: row,
      style: isOverdrawn ? Style.loss.strong : style)
    mark(balance, total, columns, row: row, in: &canvas)
    switch balance.movement {
    case _ where balance.isUnreadable:
      canvas.put("?", column: column + 1, row: row, style: .loss)
    case .none: break
    case .up: canvas.put("▲", column: column + 1, row: row, style: .gain)
    case .down: canvas.put("▼", column: column + 1, row: row, style: .loss)
    }
    column += 3
    if !Amount.isZero(balance.locked), columns.locked > 0 {
      canvas.put(
        Phrase.locked.with(Amount.grouped(balance.locked)), column: column, row: row, style: .dim,
        width: canvas.size.columns - 1 - worth - column, alignment: .right)
    }
    if worth > 0 { drawWorth(of: balance, row: row, width: worth, in: &canvas) }
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }

  /// The digits that changed, and no others, take the colour of the movement.
  private func mark(
    _ balance: BalancesState.Row, _ total: String, _ columns: Columns, row: Int,
    in canvas: inout Canvas
  ) {
    guard let before = balance.before.map(columns.total.text), before.count == total.count,
      balance.movement != .none
    else { return }
    let style: Style = balance.movement == .up ? .gain : .loss
    for (offset, (old, new)) in zip(before, total).enumerated() where old != new && new != " " {
      canvas.put(
        String(new), column: 1 + columns.asset + 2 + offset, row: row, style: style.strong)
    }
  }

  private func drawWorth(
    of balance: BalancesState.Row, row: Int, width: Int, in canvas: inout Canvas
  ) {
    let end = canvas.size.columns - 1
    canvas.put(
      sparkline(balance.trend), column: end - 8, row: row, style: .accent, width: 8,
      alignment: .right)
    guard let worth = balance.worth else { return }
    canvas.put(
      "≈ " + Amount.grouped(worth), column: end - width + 2, row: row, style: .dim,
      width: width - 12, alignment: .right)
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

/// A graph one row high: `▁▂▅▇`.
func sparkline(_ levels: [Int]) -> String {
  String(levels.map { Array("▁▂▃▄▅▆▇█")[max(0, min(7, $0))] })
}
