/// How each style looks on a terminal with certain abilities.
///
/// Colours are the terminal's own sixteen, so that they fit its light or dark background. Without
/// colours bold, dim, underline and reverse carry on; no meaning is in colour alone.
struct Appearance: Equatable {
  struct Look: Hashable {
    /// One of the terminal's colours, or nil for its default.
    var colour: Int16?
    /// Likewise, behind the text.
    var background: Int16?
    var isBold = false
    var isDim = false
    var isUnderlined = false
    var isReversed = false
    var isItalic = false
  }

  let hasColours: Bool
  /// The terminal's whitest colour.
  private let white: Int16
  /// Colours that tell people apart: of 256 those that can be read on black and on white alike (3.2 to
  /// 1 and more), of fewer those that mean nothing else.
  private let people: [Int16]

  /// - Parameters:
  ///   - colours: how many the terminal has; below 8 counts as none.
  ///   - noColour: the variable `NO_COLOR`; any text but the empty one turns colours off.
  init(colours: Int, noColour: String?) {
    white = colours >= 16 ? 15 : 7
    people = colours >= 256 ? [166, 100, 64, 30, 32, 99, 133, 168] : [5, 6, 2]
    hasColours = colours >= 8 && noColour.map(\.isEmpty) ?? true
  }

  func look(of style: Style) -> Look {
    var look = Look(
      colour: hasColours ? colour(of: style.role) : nil, isBold: style.isBold,
      isUnderlined: style.isUnderlined, isReversed: style.isReversed, isItalic: style.isItalic)
    switch style.role {
    case .dim: look.isDim = true
    case .accent,
      .warning where !hasColours:
      look.isBold = true
    case .selected: look.isBold = true
    case .paper:
      look.background = hasColours ? white : nil
      look.isReversed = !hasColours
    case .alarm:
      look.isBold = true
      look.isReversed = true
    default: break
    }
    return look
  }

  private func colour(of role: Role) -> Int16? {
    if let person = role.person { return people[person % people.count] }
    return switch role {
    case .accent: 6
    case .gain: 2
    case .loss, .alarm: 1
    case .warning: 3
    case .paper: 0
    default: nil
    }
  }
}
