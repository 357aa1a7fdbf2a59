import ScreenState

/// A graph of points over time, drawn in dots of braille: two columns and four rows of them in a cell.
struct LineGraph {
  /// Each of its cells as eight dots.
  private var dots: [UInt8]
  let size: Size
  private let start: Int64
  private let span: Int64

  /// The bits of a cell's dots, by column and row.
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  /// - Parameter points: oldest first; at least one.
  init(_ points: [ChartState.Point], size: Size) {
    self.size = size
    start = points.first?.at ?? 0
    span = max(1, (points.last?.at ?? 0) - start)
    dots = [UInt8](repeating: 0, count: size.columns * size.rows)
    guard size.columns > 0, size.rows > 0 else { return }
    let places = points.map { (x: x(of: $0.at), y: y(of: $0.level)) }
    for (from, to) in zip(places, places.dropFirst()) { draw(from, to) }
    if places.count == 1 { set(places[0].x, places[0].y) }
  }

  /// The cell column of a time.
  func column(of at: Int64) -> Int { x(of: at) / 2 }

  /// The cell row of a height.
  func row(of level: Int) -> Int { y(of: level) / 4 }

  /// The row of the line in a column; nil where it is not drawn.
  func row(ofLineIn column: Int) -> Int? {
    (0..<size.rows).first { dots[$0 * size.columns + column] != 0 }
  }

  /// What a cell shows; nil for nothing.
  func glyph(_ column: Int, _ row: Int) -> Glyph? {
    let value = dots[row * size.columns + column]
    return value == 0 ? nil : Unicode.Scalar(0x2800 + UInt32(value)).map { Glyph($0) }
  }

  /// The same in blocks, for terminals whose letters have no braille: the line with all that is below it.
  func block(_ column: Int, _ row: Int) -> Glyph? {
    let height = heights(in: column)
    let filled = height - (size.rows - 1 - row) * 8
    guard filled > 0 else { return nil }
    let signs: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return Glyph(signs[min(8, filled) - 1])
  }

  /// How high the line is in a column, in eighths of a cell.
  private func heights(in column: Int) -> Int {
    for row in 0..<size.rows {
      let value = dots[row * size.columns + column]
      guard value != 0 else { continue }
      let top = (0..<4).first { dot in
        (Self.bits[0][dot] | Self.bits[1][dot]) & value != 0
      }
      return (size.rows - row) * 8 - 2 * (top ?? 0)
    }
    return 0
  }

  private func x(of at: Int64) -> Int {
    let width = Int64(size.columns * 2 - 1)
    return Int(max(0, min(width, (at - start) * width / span)))
  }

  private func y(of level: Int) -> Int {
    let height = size.rows * 4 - 1
    return height - max(0, min(height, level * height / ChartState.top))
  }

  private mutating func set(_ x: Int, _ y: Int) {
    dots[y / 4 * size.columns + x / 2] |= Self.bits[x % 2][y % 4]
  }

  /// Each dot of a straight line.
  private mutating func draw(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) {
    let steps = max(1, abs(to.x - from.x), abs(to.y - from.y))
    for step in 0...steps {
      set(
        from.x + (to.x - from.x) * step / steps, from.y + (to.y - from.y) * step / steps)
    }
  }
}
