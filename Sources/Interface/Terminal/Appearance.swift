/// How each style looks in a theme, on a terminal with certain abilities.
struct Appearance: Equatable {
  struct Look: Hashable {
    /// One of the terminal's colours, or nil for its default.
    var colour: Int16?
    /// Likewise, behind the text.
    var background: Int16?
    var attributes: Theme.Attributes = []
  }

  let hasColours: Bool
  /// 8, 16 or 256 of the terminal's colours are used.
  private let count: Int
  private let theme: Theme

  /// - Parameters:
  ///   - colours: how many the terminal has; below 8 counts as none.
  ///   - noColour: the variable `NO_COLOR`; any text but the empty one turns colours off.
  init(_ theme: Theme = .terminal, colours: Int, noColour: String?) {
    hasColours = Self.canColour(colours, noColour) && theme.hasColours
    // Where colours are red, green and blue in one number, the first eight alone are as elsewhere.
    count = colours > 256 ? 8 : colours == 256 ? 256 : colours >= 16 ? 16 : 8
    self.theme = hasColours ? theme : .plain
  }

  /// Whether any theme may use colours.
  static func canColour(_ colours: Int, _ noColour: String?) -> Bool {
    colours >= 8 && noColour.map(\.isEmpty) ?? true
  }

  func look(of style: Style) -> Look {
    let wanted = theme[style.role]
    var look = Look(attributes: wanted.attributes)
    if style.isBold { look.attributes.insert(.bold) }
    if style.isUnderlined { look.attributes.insert(.underline) }
    if style.isItalic { look.attributes.insert(.italic) }
    if style.isReversed, wanted.background == nil { look.attributes.insert(.reverse) }
    guard hasColours else { return look }
    if let picture = style.picture {
      look.colour = picture.ink.flatMap { Colour.numbered($0).nearest(of: count) }
      look.background = picture.ground.flatMap { Colour.numbered($0).nearest(of: count) }
      return look
    }
    look.background = (wanted.background ?? theme.background)?.nearest(of: count)
    look.colour = colour(of: style.role, wanted)
    // Colours that fewer stand for may have become one.
    if let colour = look.colour, colour == look.background {
      look.colour = Colour.contrasting(with: colour)
    }
    return look
  }

  private func colour(of role: Role, _ wanted: Theme.Look) -> Int16? {
    // Of few colours people have those that mean nothing else.
    if let person = role.person, count < 256 {
      return Self.fewPeople[person % Self.fewPeople.count]
    }
    return (wanted.colour ?? theme[.plain].colour)?.nearest(of: count)
  }

  /// What stands for a cell of a picture where there are no colours: the darker, the less of it is
  /// filled.
  static func shade(_ glyph: Glyph, _ style: Style) -> Glyph? {
    guard let picture = style.picture else { return nil }
    func light(_ number: UInt8?) -> Double {
      number.flatMap { Colour.numbered($0).rgb?.luminance } ?? 0
    }
    // How much of the cell its sign fills is not known: nothing, or about a half.
    let ground = light(picture.ground)
    let mean = glyph == .space ? ground : (ground + light(picture.ink)) / 2
    let signs: [Unicode.Scalar] = [" ", "░", "▒", "▓", "█"]
    // Eyes tell dark from darker better than light from lighter.
    return Glyph(signs[min(4, Int(mean.squareRoot() * 5))])
  }

  private static let fewPeople: [Int16] = [5, 6, 2]
}
