/// What each role looks like: colours and attributes.
package struct Theme: Sendable, Equatable {
  /// What a role looks like. A colour that is not named is that of plain text, or of the screen.
  struct Look: Hashable, Sendable {
    var colour: Colour?
    /// Behind the text. A role with one is not reversed besides.
    var background: Colour?
    var attributes: Attributes = []
  }

  /// What is done to letters, besides their colour.
  struct Attributes: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let bold = Attributes(rawValue: 1)
    static let dim = Attributes(rawValue: 2)
    static let underline = Attributes(rawValue: 4)
    static let italic = Attributes(rawValue: 8)
    static let reverse = Attributes(rawValue: 16)

    /// As theme files call them.
    static let named: [String: Attributes] = [
      "bold": .bold, "dim": .dim, "underline": .underline, "italic": .italic, "reverse": .reverse,
    ]
  }

  /// What one asks for it by.
  package let name: String
  /// Behind everything; nil leaves the terminal's own.
  var background: Colour?
  /// Whether it has colours at all.
  var hasColours = true
  var looks: [Role: Look]

  /// That of plain text for what the theme says nothing of.
  subscript(role: Role) -> Look { looks[role] ?? Look() }
}

extension Role {
  /// What theme files call it.
  var name: String {
    switch self {
    case .plain: "text"
    case .dim: "dim"
    case .accent: "accent"
    case .gain: "gain"
    case .loss: "loss"
    case .warning: "warning"
    case .alarm: "alarm"
    case .selected: "selected"
    case .focus: "focus"
    case .paper: "paper"
    case .person1: "person1"
    case .person2: "person2"
    case .person3: "person3"
    case .person4: "person4"
    case .person5: "person5"
    case .person6: "person6"
    case .person7: "person7"
    case .person8: "person8"
    }
  }
}
