import ScreenState

/// A picture while it is put together, pane by pane. A pane that shows what it showed in the picture
/// before is taken from there.
struct Painting {
  /// Where a pane stands on the screen.
  enum Place: Hashable, Sendable {
    case status, banner, pane(PaneID), foot
  }

  /// A pane as it was drawn.
  struct Part: Sendable {
    let pane: any Pane
    let canvas: Canvas
    /// How many messages stand below those in sight.
    let below: Int
  }

  var canvas: Canvas
  private(set) var parts: [Place: Part] = [:]
  private let before: [Place: Part]

  /// - Parameter before: of the last picture.
  init(_ size: Size, after before: [Place: Part] = [:]) {
    canvas = Canvas(size)
    self.before = before
  }

  /// Draws a pane into a part of the picture.
  mutating func draw<P: Pane>(_ pane: P, _ place: Place, in area: Rect) {
    let part: Part
    if let same = before[place], same.canvas.size == area.size, same.pane as? P == pane {
      part = same
    } else {
      let (canvas, below) = pane.drawn(area.size)
      part = Part(pane: pane, canvas: canvas, below: below)
    }
    parts[place] = part
    canvas.draw(part.canvas, column: area.column, row: area.row)
  }
}
