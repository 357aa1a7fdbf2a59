import CChafa
import ScreenState
import Synchronization

/// A picture within a canvas: where it is, and its pixels, for terminals that can show those.
struct PictureArea: Hashable, Sendable {
  var area: Rect
  let pixels: PicturePixels

  static func == (one: PictureArea, other: PictureArea) -> Bool {
    one.area == other.area && one.pixels == other.pixels
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(area)
    hasher.combine(pixels.id)
  }

  /// Whether some columns of a row are part of it.
  func covers(row: Int, _ columns: Range<Int>) -> Bool {
    area.row..<area.row + area.rows ~= row
      && columns.overlaps(area.column..<area.column + area.columns)
  }

  /// The largest size with the picture's proportions within some cells, which are about twice as high as
  /// they are wide.
  static func size(of pixels: PicturePixels, within room: Size) -> Size {
    guard room.columns > 0, room.rows > 0 else { return Size(columns: 0, rows: 0) }
    // Small ones are not blown up: a cell has at most eight pixels side by side.
    let columns = min(room.columns, max(1, pixels.width / 4))
    let rows = max(1, columns * pixels.height / (pixels.width * 2))
    if rows <= room.rows { return Size(columns: columns, rows: rows) }
    let narrower = max(1, room.rows * 2 * pixels.width / pixels.height)
    return Size(columns: min(columns, narrower), rows: room.rows)
  }
}

extension PicturePixels {
  /// The picture as characters, which any terminal shows; nil where libchafa is missing.
  ///
  /// The last one is kept: it is drawn with each picture of the screen.
  func cells(_ size: Size) -> [Cell]? {
    PicturePixels.last.withLock { last in
      if let last, last.id == id, last.size == size { return last.cells }
      guard let cells = draw(size) else { return nil }
      last = (id, size, cells)
      return cells
    }
  }

  private static let last = Mutex<(id: Int, size: Size, cells: [Cell])?>(nil)

  private func draw(_ size: Size) -> [Cell]? {
    guard size.columns > 0, size.rows > 0, cchafa_failure() == nil else { return nil }
    let count = size.columns * size.rows
    var cells = [cchafa_cell](repeating: cchafa_cell(), count: count)
    guard
      cchafa_draw(
        bytes, Int32(width), Int32(height), Int32(size.columns), Int32(size.rows), &cells) != 0
    else { return nil }
    return cells.map { cell in
      let letter = Unicode.Scalar(cell.letter) ?? " "
      let style = Style(ink: UInt8(exactly: cell.ink), ground: UInt8(exactly: cell.ground))
      return Cell(Glyph(letter.value < 0x20 ? " " : letter), style)
    }
  }

  /// The bytes by which a terminal shows it at its cursor; nil where there are none.
  ///
  /// - Parameters:
  ///   - cell: columns and rows of pixels that a cell has.
  ///   - isKitty: in kitty's way, otherwise as sixels.
  func sequence(_ size: Size, cell: (width: Int, height: Int), isKitty: Bool) -> [UInt8]? {
    guard cchafa_failure() == nil else { return nil }
    var count = 0
    let sequence = cchafa_sequence(
      bytes, Int32(width), Int32(height), Int32(size.columns), Int32(size.rows),
      Int32(cell.width), Int32(cell.height), isKitty ? 1 : 0, &count)
    guard let sequence else { return nil }
    defer { sequence.deallocate() }
    return UnsafeBufferPointer(start: sequence, count: count).map { UInt8(bitPattern: $0) }
  }
}
