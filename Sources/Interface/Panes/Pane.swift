import Domain
import Phrases
import ScreenState

/// A part of the screen: a function of what it shows and a size. What is equal looks the same.
protocol Pane: Equatable, Sendable {
  func canvas(_ size: Size) -> Canvas
  /// The same, and how many messages stand below those in sight; 0 where there are none.
  func drawn(_ size: Size) -> (canvas: Canvas, below: Int)
}

extension Pane {
  func drawn(_ size: Size) -> (canvas: Canvas, below: Int) { (canvas(size), 0) }
}

extension Canvas {
  /// Draws a pane into a part of this canvas.
  mutating func draw(_ pane: some Pane, in area: Rect) {
    draw(in: area, pane.canvas)
  }
}

/// When a frame is drawn, and by whose clock.
///
/// Two of the same second are equal: nothing on the screen counts in less.
struct RenderClock: Equatable, Sendable {
  var now: Int64
  /// The same on the clock that countdowns run by.
  var uptime: Int64 = 0
  var zone: LocalTime.Zone

  var today: LocalTime { time(now) }

  static func == (one: RenderClock, other: RenderClock) -> Bool {
    one.now / 1000 == other.now / 1000 && one.uptime / 1000 == other.uptime / 1000
      && one.zone == other.zone
  }

  func time(_ milliseconds: Int64) -> LocalTime {
    LocalTime(milliseconds: milliseconds, zone: zone)
  }

  /// `12:44`, `yesterday`, `19 Nov`; nothing for a time that is not known.
  func short(_ milliseconds: Int64) -> String {
    milliseconds > 0 ? time(milliseconds).short(today: today) : ""
  }

  /// How long ago, in whole seconds, minutes, hours or days.
  func age(_ milliseconds: Int64) -> String {
    let span = max(0, now - milliseconds)
    return span < 10_000
      ? Phrase.seconds.with("\(span / 1000)") : spanText(milliseconds: span)
  }
}

/// The first row of a pane, and what it says instead of rows that are not there.
struct PaneHeading {
  var title: String
  /// After the title on the right; freshness has its own words.
  var note = StyledLine()
  var isFocused: Bool
  var freshness: Freshness
  /// What to say when there are no rows; nil when there are some.
  var empty: String?

  /// Draws the heading, and why the pane's content cannot be trusted or is missing.
  ///
  /// Returns the row from which on the pane's content stands.
  @discardableResult
  func draw(in canvas: inout Canvas, at moment: RenderClock) -> Int {
    let right = noteText(moment)
    let width = canvas.size.columns - 2
    let name = TextWidth.fitName(title, width: max(0, width - right.width - 1))
    // Seen from across the room: where letters go.
    canvas.put(
      isFocused ? " \(name) " : " \(name)", column: 0, row: 0,
      style: isFocused ? Style.focus : Style.dim.strong)
    canvas.put(right, column: 1, row: 0, width: width, alignment: .right)
    if case .failed(let problem) = freshness {
      return canvas.paragraph(problem, row: 1, style: .loss, most: empty == nil ? 2 : .max)
    }
    guard let empty else { return 1 }
    let text = freshness == .loading ? Phrase.loading.text : empty
    return canvas.paragraph(text, row: 1, style: .dim)
  }

  /// After the title, how many rows are out of sight above and below; nothing where all are in sight.
  func drawHidden(
    _ window: ListWindow, of count: Int, in canvas: inout Canvas, at moment: RenderClock
  ) {
    var mark = StyledLine()
    if window.visible.lowerBound > 0 { mark += StyledLine("↑\(window.visible.lowerBound) ", .dim) }
    let below = count - window.visible.upperBound
    if below > 0 { mark += StyledLine("↓\(below)", .dim) }
    let column = 3 + TextWidth.columns(of: title)
    if column + mark.width + noteText(moment).width + 2 <= canvas.size.columns {
      canvas.put(mark, column: column, row: 0)
    }
  }

  /// How wide what stands on the right is; 0 where nothing does.
  func noteColumns(at moment: RenderClock) -> Int { noteText(moment).width }

  private func noteText(_ moment: RenderClock) -> StyledLine {
    switch freshness {
    case .notSetUp, .live: note
    case .loading: empty == nil ? StyledLine(Phrase.loading.text, .dim) : StyledLine()
    case .stale(let since): StyledLine(Phrase.staleSince.with(moment.short(since)), .warning)
    case .failed: StyledLine("✗", .loss)
    }
  }
}

extension Freshness {
  /// The content is from before and may be wrong by now.
  var isOld: Bool {
    switch self {
    case .stale, .loading, .failed: true
    case .notSetUp, .live: false
    }
  }
}

extension Canvas {
  /// Draws text in lines from a row on, a column from either edge; returns the row after it.
  @discardableResult
  mutating func paragraph(
    _ text: String, row: Int, style: Style = .plain, indent: Int = 1, most: Int = .max
  ) -> Int {
    let lines = TextWidth.wrap(text, width: size.columns - indent - 1)
    for (index, line) in lines.prefix(most).enumerated() {
      let isCut = index == most - 1 && lines.count > most
      put(
        isCut ? line + " …" : line, column: indent, row: row + index, style: style,
        width: size.columns - indent - 1)
    }
    return row + min(lines.count, most)
  }

  /// Marks the selected row of a list: all of it where the keys are, else its edge alone.
  mutating func selectRow(_ row: Int, isFocused: Bool) {
    if isFocused {
      select(Rect(column: 0, row: row, columns: size.columns, rows: 1))
    } else {
      put("▌", column: 0, row: row, style: .dim)
    }
  }

  /// Marks the rows of what keys act on: their edge, and all of them.
  mutating func select(_ rows: Rect) {
    mark(rows, .accent) { style in
      // What was reversed before stands out in another way.
      Style(
        .selected, bold: style.isBold, underlined: style.isUnderlined || style.isReversed,
        reversed: true)
    }
  }

  /// Marks what stays chosen while the keys are elsewhere, in grey.
  mutating func tint(_ rows: Rect) {
    mark(rows, .dim) { _ in Style(.dim, reversed: true) }
  }

  private mutating func mark(_ rows: Rect, _ edge: Style, _ change: (Style) -> Style) {
    var rest = rows
    let left = rest.takeLeft(1)
    for row in left.row..<left.row + left.rows {
      put("▌", column: left.column, row: row, style: edge)
    }
    restyle(rest, change)
  }
}
