/// A dialog's place over the panes: cleared, framed, a title in the frame's upper edge.
struct DialogFrame {
  /// Draws the content into a frame as high as the content needs, in the middle of an area.
  ///
  /// - Parameters:
  ///   - title: stands in the upper edge, and `mark` at its right.
  ///   - content: drawn for the width given; only its first rows stay where there is no room.
  static func draw(
    title: String, mark: StyledLine = StyledLine(), content: Canvas, in area: Rect,
    of canvas: inout Canvas
  ) {
    let box = area.centred(
      Size(columns: content.size.columns + 4, rows: content.size.rows + 2))
    canvas.fill(box)
    canvas.setTarget(.dialog, box)
    canvas.frame(box)
    canvas.put(
      " \(title) ", column: box.column + 2, row: box.row, style: Style.accent.strong,
      width: box.columns - 4 - mark.width - 3)
    if mark.width > 0 {
      let line = StyledLine(" ") + mark + StyledLine(" ")
      canvas.put(line, column: box.column + box.columns - line.width - 2, row: box.row)
    }
    var inner = Canvas(Size(columns: max(0, box.columns - 4), rows: max(0, box.rows - 2)))
    inner.draw(content, column: 0, row: 0)
    canvas.draw(inner, column: box.column + 2, row: box.row + 1)
  }

  /// The width for content that wishes `width` columns.
  static func contentWidth(_ width: Int, in area: Rect) -> Int {
    max(0, min(width, area.columns - 4))
  }
}

/// Rows of a dialog, made one below the other.
struct DialogRows {
  fileprivate typealias Drawing = (inout Canvas, Int) -> Void

  let width: Int
  private var drawings: [(drawing: Drawing, weight: Weight)] = []

  /// What stays where there is not room for all.
  fileprivate enum Weight { case gap, minor, major }

  /// The rows added from here on can be left out before the others.
  var isMinor = false

  init(width: Int) {
    self.width = width
  }

  /// A row that draws itself; it gets the canvas and its row number.
  mutating func add(_ draw: @escaping (inout Canvas, Int) -> Void) {
    drawings.append((draw, isMinor ? .minor : .major))
  }

  mutating func gap() { drawings.append(({ _, _ in }, .gap)) }

  mutating func line(_ line: StyledLine, column: Int = 0) {
    let width = width
    add { canvas, row in canvas.put(line, column: column, row: row, width: width - column) }
  }

  /// A line of which parts can be clicked.
  mutating func line(_ line: ClickableLine) {
    let width = width
    add { canvas, row in canvas.put(line, column: 0, row: row, width: width) }
  }

  /// Text in as many rows as it takes.
  mutating func text(_ text: String, _ style: Style = .plain, column: Int = 0) {
    for piece in TextWidth.wrap(text, width: width - column) {
      line(StyledLine(piece, style), column: column)
    }
  }

  /// A label, and text in as many rows as it takes beside it.
  mutating func labelled(_ label: String, _ text: String, _ style: Style = .plain, column: Int) {
    for (index, piece) in TextWidth.wrap(text, width: width - column).enumerated() {
      let label = index == 0 ? label : ""
      add { canvas, row in
        canvas.put(label, column: 0, row: row, style: .dim, width: column - 1)
        canvas.put(piece, column: column, row: row, style: style)
      }
    }
  }

  /// The rows as a picture of at most `rows` rows.
  ///
  /// Where they do not fit, the gaps go first, then what is minor, then what stands before the
  /// last row: that says which keys lead on. `…` stands where something is left out.
  func canvas(rows: Int) -> Canvas {
    var drawings = drawings
    if drawings.count > rows { drawings.removeAll { $0.weight == .gap } }
    var cut: Int?
    while drawings.count > rows, let minor = drawings.lastIndex(where: { $0.weight == .minor }) {
      drawings.remove(at: minor)
      cut = minor
    }
    if let cut { drawings.markCut(before: cut, width: width) }
    if drawings.count > rows, let last = drawings.last {
      let more: Drawing = { canvas, row in
        canvas.put("…", column: 0, row: row, style: Style.warning.strong)
      }
      drawings = drawings.prefix(max(0, rows - 2)) + [(more, .major), last].suffix(max(0, rows))
    }
    var canvas = Canvas(Size(columns: width, rows: drawings.count))
    for (row, (drawing, _)) in drawings.enumerated() { drawing(&canvas, row) }
    return canvas
  }
}

extension [(drawing: DialogRows.Drawing, weight: DialogRows.Weight)] {
  /// Ends the row before a place with `…`, or where there is none the one at it, if it has room.
  fileprivate mutating func markCut(before place: Int, width: Int) {
    guard let row = indices.contains(place - 1) ? place - 1 : indices.first else { return }
    let drawing = self[row].drawing
    self[row].drawing = { canvas, row in
      drawing(&canvas, row)
      guard [2, 1].allSatisfy({ canvas[width - $0, row].text == " " }) else { return }
      canvas.put("…", column: width - 1, row: row, style: Style.warning.strong)
    }
  }
}
