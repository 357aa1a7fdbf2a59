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
  /// In one byte, since thousands of cells are compared with each picture.
  private var marks: Marks = []
  /// Colours of a cell that is part of a picture, by their numbers among 256, as the style says.
  private var ink: UInt8 = 0
  private var ground: UInt8 = 0

  private struct Marks: OptionSet, Hashable {
    let rawValue: UInt8
    static let bold = Marks(rawValue: 1)
    static let underlined = Marks(rawValue: 2)
    static let reversed = Marks(rawValue: 4)
    static let italic = Marks(rawValue: 8)
    static let inked = Marks(rawValue: 16)
    static let grounded = Marks(rawValue: 32)
  }

  private subscript(mark: Marks) -> Bool {
    get { marks.contains(mark) }
    set { if newValue { marks.insert(mark) } else { marks.remove(mark) } }
  }

  var isBold: Bool {
    get { self[.bold] }
    set { self[.bold] = newValue }
  }
  var isUnderlined: Bool {
    get { self[.underlined] }
    set { self[.underlined] = newValue }
  }
  var isReversed: Bool {
    get { self[.reversed] }
    set { self[.reversed] = newValue }
  }
  var isItalic: Bool {
    get { self[.italic] }
    set { self[.italic] = newValue }
  }

  /// The colours of a cell of a picture; nil for the terminal's own.
  var picture: (ink: UInt8?, ground: UInt8?)? {
    guard self[.inked] || self[.grounded] else { return nil }
    return (self[.inked] ? ink : nil, self[.grounded] ? ground : nil)
  }

  /// That of a cell of a picture.
  ///
  /// - Parameters: numbers of colours; nil for the terminal's own.
  init(ink: UInt8?, ground: UInt8?) {
    role = .plain
    self.ink = ink ?? 0
    self.ground = ground ?? 0
    self[.inked] = ink != nil
    self[.grounded] = ground != nil
  }

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
