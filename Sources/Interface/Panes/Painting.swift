import ScreenState

/// A picture while it is put together, pane by pane. A pane that shows what it showed in the picture
/// before is taken from there.
struct Painting {
  /// Where a pane stands on the screen.
  enum Place: Hashable, Sendable {
    case status, banner, pane(PaneID), foot
    /// Those of the open chat, within its pane.
    case messages
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
  /// Which of them are not from the picture before.
  private(set) var changed: Set<Place> = []
  private let before: [Place: Part]

  /// - Parameter before: of the last picture.
  init(_ size: Size, after before: [Place: Part] = [:]) {
    canvas = Canvas(size)
    self.before = before
  }

  /// Draws a pane into a part of the picture.
  mutating func draw(_ pane: some Pane, _ place: Place, in area: Rect) {
    let part = part(pane, place, area.size)
    if case .pane(let id) = place { canvas.setTarget(.pane(id), area) }
    canvas.draw(part.canvas, column: area.column, row: area.row)
  }

  /// A pane as it was drawn before, or anew if it shows something else now.
  mutating func part<P: Pane>(_ pane: P, _ place: Place, _ size: Size) -> Part {
    if let same = before[place], same.canvas.size == size, same.pane as? P == pane {
      parts[place] = same
      // It is part of the other.
      if place == .pane(.conversation) { parts[.messages] = before[.messages] }
      return same
    }
    let (canvas, below) = pane.drawn(size, in: &self)
    let part = Part(pane: pane, canvas: canvas, below: below)
    changed.insert(place)
    parts[place] = part
    return part
  }
}
