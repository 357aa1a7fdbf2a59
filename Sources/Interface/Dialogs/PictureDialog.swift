import Phrases
import ScreenState

/// A picture of a message, as large as there is room.
struct PictureDialog {
  var state: PictureState

  /// Wider than any terminal: the dialog takes what there is.
  static let width = 1000
  /// What the name needs that stands over it.
  private static let least = 24

  func content(width: Int, rows limit: Int) -> Canvas {
    switch state.stage {
    case .loading: return words(Phrase.pictureLoading.text, .dim, width: width, rows: limit)
    case .failed(let sentence): return words(sentence, .loss, width: width, rows: limit)
    case .shown(let pixels):
      // A row of its own for the keys.
      let size = PictureArea.size(
        of: pixels, within: Size(columns: width, rows: max(1, limit - 1)))
      guard let cells = pixels.cells(size) else {
        return words(Phrase.noChafa.text, .warning, width: width, rows: limit)
      }
      let hints = BottomLine.line(state.hints, width: width)
      let least = min(width, max(hints.width, Self.least))
      var canvas = Canvas(Size(columns: max(size.columns, least), rows: size.rows + 1))
      let column = (canvas.size.columns - size.columns) / 2
      for (index, cell) in cells.enumerated() {
        canvas.put(
          cell.glyph, cell.style, column + index % size.columns, index / size.columns)
      }
      canvas.picture = PictureArea(
        area: Rect(column: column, row: 0, columns: size.columns, rows: size.rows),
        pixels: pixels)
      canvas.put(hints, column: 0, row: size.rows)
      return canvas
    }
  }

  private func words(_ text: String, _ style: Style, width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: min(width, 60))
    rows.gap()
    rows.text(text, style)
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: min(width, 60)))
    return rows.canvas(rows: limit)
  }
}
