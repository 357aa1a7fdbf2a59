import Glibc
import ScreenState

/// A picture that the terminal shows in pixels, over cells that are blank for curses.
struct PictureOutput {
  private var shown: PictureArea?

  /// Whether what is there now stays where the cells under it are the same before and after: sixels do,
  /// until everything is drawn anew.
  func leavesTraces(before picture: PictureArea?, traits: TerminalTraits) -> Bool {
    shown != nil && shown != picture && !traits.hasKittyGraphics
  }

  /// The bytes that follow a canvas: what takes away the picture that was there, and shows the one that is.
  ///
  /// - Parameter isAnew: the cells under it have been written again.
  mutating func sequence(
    for picture: PictureArea?, isAnew: Bool, traits: TerminalTraits
  ) -> [UInt8] {
    guard picture != shown || picture != nil && isAnew else { return [] }
    var bytes: [UInt8] = []
    // Sixels go with the cells that are written over them; kitty's pictures stay above all cells.
    if shown != nil, traits.hasKittyGraphics { bytes += Self.forgetAll }
    shown = nil
    guard let picture,
      let drawn = picture.pixels.sequence(
        picture.area.size, cell: Self.cell, isKitty: traits.hasKittyGraphics)
    else { return bytes }
    shown = picture
    let place = "\u{1b}7\u{1b}[\(picture.area.row + 1);\(picture.area.column + 1)H"
    return bytes + Array(place.utf8) + drawn + Array("\u{1b}8".utf8)
  }

  /// The terminal's own pictures are gone, or are to be.
  mutating func forget(_ traits: TerminalTraits) -> [UInt8] {
    defer { shown = nil }
    return shown != nil && traits.hasKittyGraphics ? Self.forgetAll : []
  }

  private static let forgetAll = Array("\u{1b}_Ga=d\u{1b}\\".utf8)

  /// How many pixels a cell has; about as many where the terminal does not say.
  private static var cell: (width: Int, height: Int) {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_xpixel > 0,
      window.ws_ypixel > 0, window.ws_col > 0, window.ws_row > 0
    else { return (8, 16) }
    return (
      max(1, Int(window.ws_xpixel / window.ws_col)), max(1, Int(window.ws_ypixel / window.ws_row))
    )
  }
}
