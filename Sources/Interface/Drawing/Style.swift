/// What a piece of text is for; the terminal's abilities decide what that looks like.
enum Role: UInt8, Hashable, Sendable, CaseIterable {
  case plain
  /// Old, secondary or not available.
  case dim
  /// The one colour that says "here": unread, focus, links to keys.
  case accent
  /// Money coming in, a service that is online.
  case gain
  /// Money going out, what failed.
  case loss
  /// Worth a look before going on.
  case warning
  /// Must be answered now.
  case alarm
  /// The row that keys act on.
  case selected
  /// The title of the pane that keys go to, and what Enter would choose.
  case focus
  /// Black on white, for cameras.
  case paper
  /// People of a group, told apart by colours.
  case person1, person2, person3, person4, person5, person6, person7, person8

  private static let people: [Role] = [
    .person1, .person2, .person3, .person4, .person5, .person6, .person7, .person8,
  ]

  /// The same for a number at each time.
  static func person(_ number: UInt8) -> Role { people[Int(number) % people.count] }

  /// Which of the people's colours it is, from 0 on; nil for any other role.
  var person: Int? {
    let first = Role.person1.rawValue
    return rawValue >= first ? Int(rawValue - first) : nil
  }
}

/// The look of a cell.
struct Style: Hashable, Sendable {
  var role: Role
  var isBold: Bool
  var isUnderlined: Bool
  var isReversed: Bool
  var isItalic: Bool

  init(
    _ role: Role, bold: Bool = false, underlined: Bool = false, reversed: Bool = false,
    italic: Bool = false
  ) {
    self.role = role
    isBold = bold
    isUnderlined = underlined
    isReversed = reversed
    isItalic = italic
  }

  static let plain = Style(.plain)
  static let bold = Style(.plain, bold: true)
  static let dim = Style(.dim)
  static let accent = Style(.accent)
  static let gain = Style(.gain)
  static let loss = Style(.loss)
  static let warning = Style(.warning)
  static let alarm = Style(.alarm)
  static let selected = Style(.selected)
  static let focus = Style(.focus, bold: true, reversed: true)

  /// The same style, bold.
  var strong: Style {
    var style = self
    style.isBold = true
    return style
  }
}
