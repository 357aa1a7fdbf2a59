import Domain
import Phrases
import ScreenState
import Synchronization

/// How a price went: the line, what was highest and lowest beside it, swaps and prices that are waited
/// for in it.
struct ChartDialog {
  var state: ChartState
  var moment: RenderClock

  /// As wide as there is room: a day has many prices.
  static let width = 160
  /// More rows show no more of it.
  private static let mostRows = 24

  /// Whether the terminal's letters have no braille; set once, when the terminal is known.
  static let isPlain = Atomic(false)

  func content(width: Int, rows limit: Int) -> Canvas {
    guard state.points.count > 1 else {
      var rows = DialogRows(width: min(width, 60))
      rows.gap()
      rows.text(Phrase.chartTooFew.text, .dim)
      rows.gap()
      rows.line(BottomLine.line(state.hints, width: rows.width))
      return rows.canvas(rows: limit)
    }
    // Under the graph the times and the keys, above it the price now.
    // Where there are few rows, the line is worth more than what its signs mean.
    let hasLegend = limit >= 8 && !legend.spans.isEmpty
    let rows = max(1, min(Self.mostRows, limit - 3 - (hasLegend ? 1 : 0)))
    var canvas = Canvas(
      Size(columns: width, rows: min(limit, rows + 3 + (hasLegend ? 1 : 0))))
    drawHead(in: &canvas)
    let labels =
      ([state.prices.high, state.prices.low] + shownAlerts.map(\.price))
      .map(TextWidth.columns).max() ?? 0
    let area = Rect(
      column: labels + 1, row: 1, columns: max(1, width - labels - 1), rows: rows)
    drawGraph(in: area, of: &canvas)
    drawTimes(under: area, in: &canvas)
    if hasLegend {
      canvas.put(legend, column: 0, row: area.row + rows + 1, width: width)
    }
    let last = canvas.size.rows - 1
    canvas.put(BottomLine.line(state.hints, width: width), column: 0, row: last, width: width)
    return canvas
  }

  private func drawHead(in canvas: inout Canvas) {
    var line = StyledLine(state.prices.last, .bold)
    if let change = state.change {
      line += StyledLine("  \(change)", change.hasPrefix("+") ? .gain : .loss)
    }
    if state.change != nil, let first = state.points.first {
      line += StyledLine(" " + Phrase.inSpan.with(moment.age(first.at)), .dim)
    }
    canvas.put(line, column: 0, row: 0, width: canvas.size.columns)
  }

  private var shownAlerts: [ChartState.Alert] { state.alerts.filter { $0.level != nil } }

  private func drawGraph(in area: Rect, of canvas: inout Canvas) {
    let graph = LineGraph(state.points, size: area.size)
    let labelWidth = area.column - 1
    for alert in shownAlerts {
      let row = area.row + graph.row(of: alert.level ?? 0)
      for column in 0..<area.columns {
        canvas.put(Glyph("┄"), .warning, area.column + column, row)
      }
      canvas.put(
        alert.price, column: 0, row: row, style: .warning, width: labelWidth, alignment: .right)
    }
    let isPlain = Self.isPlain.load(ordering: .relaxed)
    for row in 0..<area.rows {
      for column in 0..<area.columns {
        let glyph = isPlain ? graph.block(column, row) : graph.glyph(column, row)
        if let glyph { canvas.put(glyph, .accent, area.column + column, area.row + row) }
      }
    }
    for fill in state.fills {
      let column = graph.column(of: fill.at)
      guard let line = graph.row(ofLineIn: column) else { continue }
      // Beside the line, not over it, where there is room.
      let row = fill.isBuy ? min(area.rows - 1, line + 1) : max(0, line - 1)
      canvas.put(
        Glyph(fill.isBuy ? "▲" : "▼"), fill.isBuy ? Style.gain.strong : Style.loss.strong,
        area.column + column, area.row + row)
    }
    canvas.put(
      state.prices.high, column: 0, row: area.row, style: .dim, width: labelWidth,
      alignment: .right)
    if area.rows > 1 {
      canvas.put(
        state.prices.low, column: 0, row: area.row + area.rows - 1, style: .dim,
        width: labelWidth, alignment: .right)
    }
  }

  private func drawTimes(under area: Rect, in canvas: inout Canvas) {
    guard let first = state.points.first, let last = state.points.last else { return }
    let row = area.row + area.rows
    let start = moment.time(first.at)
    let isToday = start.isSameDay(as: moment.time(last.at))
    let from = isToday ? start.clock : "\(start.short(today: moment.today)) \(start.clock)"
    let end = canvas.put(from, column: area.column, row: row, style: .dim)
    let to = moment.time(last.at).clock
    if end + TextWidth.columns(of: to) + 2 <= area.column + area.columns {
      canvas.put(
        to, column: area.column, row: row, style: .dim, width: area.columns, alignment: .right)
    }
  }

  /// What the signs mean, and the prices that are waited for out of sight.
  private var legend: StyledLine {
    var line = StyledLine()
    if !state.fills.isEmpty { line += StyledLine(Phrase.chartFills.text, .dim) }
    if !state.alerts.isEmpty {
      let prices = state.alerts.map { ($0.isAbove ? "≥ " : "≤ ") + $0.price }
      if !line.spans.isEmpty { line += StyledLine("   ") }
      line += StyledLine(
        "┄ " + Phrase.chartAlerts.with(prices.joined(separator: ", ")), .warning)
    }
    return line
  }
}
