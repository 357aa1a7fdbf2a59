/// What one column of one row shows.
struct Cell: Hashable, Sendable {
  /// A space, a letter with its marks, an emoji.
  var glyph: Glyph
  var style: Style
  /// Which of the canvas's links it is part of, counted from 1; 0 for none.
  fileprivate(set) var link: UInt16 = 0

  init(_ glyph: Glyph, _ style: Style) {
    self.glyph = glyph
    self.style = style
  }

  /// A cell that shows nothing.
  static let blank = Cell(.space, .plain)

  /// 1 or 2; 0 in the second column of a wide character.
  var width: Int { glyph.width }
  /// What it shows; empty in the second column of a wide one.
  var text: String { glyph.text }
}

/// Where text stands within its width.
enum Alignment: Sendable { case left, centre, right }

/// A picture made of character cells: what panes draw and the terminal shows.
///
/// Drawing outside is clipped, and only text of certain width and without control characters
/// gets in, so that a canvas can be sent to a terminal as it is.
package struct Canvas: Hashable, Sendable {
  package let size: Size
  /// Where the terminal's cursor stands; hidden when nil.
  var cursor: Point?
  private(set) var cells: [Cell]
  /// What its cells belong to, for the mouse; where two overlap, the later one counts.
  var targets: [TargetArea] = []
  /// Where the parts of it lead that are links.
  private(set) var links: [Link] = []
  /// The picture in it, if there is one, which its cells show with characters.
  var picture: PictureArea?
  /// Whether some of it is written from right to left.
  private(set) var isTurned = false

  init(_ size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
  }

  /// What is equal looks the same.
  package static func == (one: Canvas, other: Canvas) -> Bool {
    one.size == other.size && one.cursor == other.cursor && one.cells == other.cells
      && one.links == other.links && one.picture == other.picture
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(cursor)
    hasher.combine(cells)
  }

  subscript(column: Int, row: Int) -> Cell {
    guard contains(column, row) else { return .blank }
    return cells[row * size.columns + column]
  }

  /// The cells of one row.
  func row(_ row: Int) -> ArraySlice<Cell> {
    cells[row * size.columns..<(row + 1) * size.columns]
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    0..<size.columns ~= column && 0..<size.rows ~= row
  }

  private mutating func set(_ cell: Cell, _ column: Int, _ row: Int) {
    guard contains(column, row) else { return }
    let index = row * size.columns + column
    if cells[index].width != 1 { freeHalves(of: column..<column + 1, row) }
    cells[index] = cell
  }

  /// Half of a wide character cannot stay: what some columns of a row cut in two beyond their edges
  /// becomes a space.
  private mutating func freeHalves(of columns: Range<Int>, _ row: Int) {
    let start = row * size.columns
    let (first, next) = (start + columns.lowerBound, start + columns.upperBound)
    if cells[first].width == 0, columns.lowerBound > 0 { cells[first - 1].glyph = .space }
    if columns.upperBound < size.columns, cells[next].width == 0 { cells[next].glyph = .space }
  }
}

extension Canvas {
  /// Draws one line of text, cut with `…` at `width`, which defaults to the rest of the row.
  ///
  /// Without a width nothing but the text's own cells changes, and text beyond the edge is
  /// clipped. Returns the column after the text.
  @discardableResult
  mutating func put(
    _ text: String, column: Int, row: Int, style: Style = .plain, width: Int? = nil,
    alignment: Alignment = .left
  ) -> Int {
    put(StyledLine(text, style), column: column, row: row, width: width, alignment: alignment)
  }

  /// Draws one line in several styles.
  @discardableResult
  mutating func put(
    _ line: StyledLine, column: Int, row: Int, width: Int? = nil, alignment: Alignment = .left
  ) -> Int {
    let line = width.map { line.fitted(to: $0) } ?? line
    var column = column
    if let width, alignment != .left {
      let space = max(0, width - line.width)
      column += alignment == .right ? space : space / 2
    }
    for span in line.spans {
      let start = column
      for glyph in glyphs(of: span) {
        put(glyph, span.style, column, row)
        column += glyph.width
      }
      if let link = span.link { set(link, row: row, start..<column) }
    }
    return column
  }

  /// Each span is put in order by itself, so that none turns what stands beside it.
  private mutating func glyphs(of span: StyledLine.Span) -> [Glyph] {
    if span.isOrdered {
      isTurned = true
      return TextWidth.glyphs(of: span.text)
    }
    let (glyphs, isTurned) = TextWidth.shownGlyphs(of: span.text)
    if isTurned { self.isTurned = true }
    return glyphs
  }

  /// Says where some columns of a row lead.
  private mutating func set(_ link: Link, row: Int, _ columns: Range<Int>) {
    guard links.count < Int(UInt16.max) else { return }
    let number = links.firstIndex(of: link) ?? links.count
    if number == links.count { links.append(link) }
    for column in columns where contains(column, row) {
      cells[row * size.columns + column].link = UInt16(number + 1)
    }
  }

  /// Where a cell of it leads; nil for nowhere.
  func link(of cell: Cell) -> Link? {
    let number = Int(cell.link)
    return 1...max(1, links.count) ~= number && !links.isEmpty ? links[number - 1] : nil
  }

  /// Draws one glyph.
  mutating func put(_ glyph: Glyph, _ style: Style, _ column: Int, _ row: Int) {
    guard glyph.width == 2 else { return set(Cell(glyph, style), column, row) }
    guard contains(column, row), contains(column + 1, row) else {
      // A wide character does not fit into the last column.
      return set(Cell(.space, style), column, row)
    }
    freeHalves(of: column..<column + 2, row)
    cells[row * size.columns + column] = Cell(glyph, style)
    cells[row * size.columns + column + 1] = Cell(.rest, style)
  }

  /// The same without the characters of the picture in it: its pixels come in their place.
  var withoutPictureCells: Canvas {
    guard let picture else { return self }
    var canvas = self
    canvas.fill(picture.area)
    return canvas
  }

  /// Fills a part with spaces in a style.
  mutating func fill(_ area: Rect, style: Style = .plain) {
    for row in max(0, area.row)..<max(0, area.row, min(size.rows, area.row + area.rows)) {
      for column in area.column..<area.column + area.columns {
        set(Cell(.space, style), column, row)
      }
    }
  }

  /// Gives the cells of a part another style, their text staying.
  mutating func restyle(_ area: Rect, _ change: (Style) -> Style) {
    for row in area.row..<area.row + area.rows {
      for column in area.column..<area.column + area.columns where contains(column, row) {
        let index = row * size.columns + column
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Draws another canvas into this one; its cursor comes along.
  mutating func draw(_ other: Canvas, column: Int, row: Int) {
    for otherRow in max(0, -row)..<max(0, -row, min(other.size.rows, size.rows - row)) {
      draw(row: otherRow, of: other, column: column, row: row + otherRow)
    }
    takeTargets(of: other, column: column, row: row)
    if other.isTurned { isTurned = true }
    if var part = other.picture {
      part.area.column += column
      part.area.row += row
      picture = part
    }
    if let otherCursor = other.cursor {
      cursor = Point(column: otherCursor.column + column, row: otherCursor.row + row)
    }
  }

  private mutating func draw(row otherRow: Int, of other: Canvas, column: Int, row: Int) {
    let columns = column..<column + other.size.columns
    guard !columns.isEmpty else { return }
    guard columns.lowerBound >= 0, columns.upperBound <= size.columns else {
      // Cut at an edge, as nothing that has links is.
      for (offset, cell) in other.row(otherRow).enumerated() where cell.width > 0 {
        put(cell.glyph, cell.style, column + offset, row)
      }
      return
    }
    freeHalves(of: columns, row)
    let (from, to) = (otherRow * other.size.columns, row * size.columns + column)
    for offset in 0..<columns.count { cells[to + offset] = other.cells[from + offset] }
    guard !other.links.isEmpty else { return }
    for offset in 0..<columns.count {
      guard let link = other.link(of: other.cells[from + offset]) else { continue }
      set(link, row: row, column + offset..<column + offset + 1)
    }
  }

  /// One row by itself.
  func part(row: Int) -> Canvas {
    var part = Canvas(Size(columns: size.columns, rows: 1))
    part.cells = Array(self.row(row))
    (part.links, part.isTurned) = (links, isTurned)
    part.takeTargets(of: self, column: 0, row: -row)
    if let cursor, cursor.row == row { part.cursor = Point(column: cursor.column, row: 0) }
    return part
  }

  /// Draws a part with a pane that gets the part's size.
  mutating func draw(in area: Rect, _ pane: (Size) -> Canvas) {
    draw(pane(area.size), column: area.column, row: area.row)
  }
}

extension Canvas {
  /// What the canvas shows, a line per row, without the spaces at the ends of rows.
  var text: String {
    (0..<size.rows).map { row in
      Self.trimmed(self.row(row).lazy.map(\.glyph).text)
    }.joined(separator: "\n")
  }

  /// The text, then a picture of the styles with a letter for every column that is not plain: the
  /// first of the role's name (`!` for alarm, `b` for paper), upper case when bold, `p` for plain and bold, with
  /// `_` for underlined, `/` for italic and `#` for reversed (`%` for grey) instead; people have numbers. A `^` stands where the cursor is.
  var marked: String {
    var styles = ""
    for row in 0..<size.rows {
      let marks = self.row(row).enumerated().map { column, cell in
        cursor == Point(column: column, row: row) ? "^" : Self.mark(cell.style)
      }
      styles += Self.trimmed(marks.joined()) + "\n"
    }
    return "\(text)\n\(String(repeating: "=", count: size.columns))\n\(styles)"
  }

  private static func mark(_ style: Style) -> String {
    if style.picture != nil { return "*" }
    if style.isReversed { return style.role == .dim ? "%" : "#" }
    if style.isUnderlined { return "_" }
    if style.isItalic { return "/" }
    let letter: String =
      switch style.role {
      case .plain: style.isBold ? "p" : " "
      case .dim: "d"
      case .accent: "a"
      case .gain: "g"
      case .loss: "l"
      case .warning: "w"
      case .alarm: "!"
      case .selected: "s"
      case .focus: "f"
      case .paper: "b"
      default: style.role.person.map { String($0 + 1) } ?? "?"
      }
    return style.isBold ? letter.uppercased() : letter
  }

  private static func trimmed(_ row: String) -> Substring {
    var row = row[...]
    while row.last == " " { row.removeLast() }
    return row
  }
}

extension Canvas {
  /// The first rows by themselves.
  func top(rows: Int) -> Canvas {
    var part = Canvas(Size(columns: size.columns, rows: min(rows, size.rows)))
    part.draw(self, column: 0, row: 0)
    if let cursor = part.cursor, cursor.row >= part.size.rows { part.cursor = nil }
    return part
  }
}
