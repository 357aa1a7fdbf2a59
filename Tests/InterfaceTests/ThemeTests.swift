import Testing

@testable import Interface

/// Themes: their colours, their files, and what becomes of them on terminals with few colours.
@Suite struct ThemeTests {
  /// How well two colours are told apart, by WCAG 2.
  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    func part(_ value: Int) -> Double {
      let share = Double(value) / 255
      guard share > 0.04045 else { return share / 12.92 }
      // ((c + 0.055) / 1.055) to the power of 2.4, without a mathematics library: x² · (x²)^⅕.
      let base = (share + 0.055) / 1.055
      let square = base * base
      var root = square
      for _ in 0..<60 {
        let power = root * root * root * root
        root -= (power * root - square) / (5 * power)
      }
      return square * root
    }
    func luminance(_ colour: RGB) -> Double {
      0.2126 * part(colour.red) + 0.7152 * part(colour.green) + 0.0722 * part(colour.blue)
    }
    let both = [luminance(one), luminance(other)].sorted()
    return (both[1] + 0.05) / (both[0] + 0.05)
  }

  @Test("The contrast is that of WCAG 2")
  func formula() {
    let white = RGB(255, 255, 255)
    #expect(abs(contrast(RGB(0x76, 0x76, 0x76), white) - 4.54) < 0.01)
    #expect(abs(contrast(RGB(0x77, 0x77, 0x77), white) - 4.48) < 0.01)
    #expect(abs(contrast(RGB(0xcd, 0, 0), RGB(0, 0, 0)) - 3.60) < 0.01)
  }

  @Test("Every built-in theme that names its colours can be read")
  func readable() throws {
    let themes = Theme.builtIn.filter { $0.background?.rgb != nil }
    #expect(themes.map(\.name) == ["dark", "light", "contrast"])
    for theme in themes {
      for role in Role.allCases {
        let look = theme[role]
        let text = try #require(
          (look.colour ?? theme[.plain].colour)?.rgb, "\(theme.name): \(role)")
        let back = try #require((look.background ?? theme.background)?.rgb)
        let isMinor = role == .dim || role.person != nil
        let least = theme.name == "contrast" ? 7 : isMinor ? 3 : 4.5
        #expect(contrast(text, back) >= least, "\(theme.name): \(role)")
      }
      // With 256 colours it is the same; so each can be told from the others there.
      for role in Role.allCases {
        let colours = [theme[role].colour, theme[role].background, theme.background]
        for case .rgb(let red, let green, let blue)? in colours {
          let wanted = RGB(Int(red), Int(green), Int(blue))
          let number = try #require(Colour.rgb(red, green, blue).nearest(of: 256))
          #expect(Colour.numbered(UInt8(number)).rgb == wanted)
        }
      }
    }
  }

  @Test("On 8 and 16 colours nothing has the colour of what lies behind it", arguments: [8, 16])
  func few(colours: Int) {
    for theme in Theme.builtIn {
      let appearance = Appearance(theme, colours: colours, noColour: nil)
      for role in Role.allCases {
        let look = appearance.look(of: Style(role))
        #expect(look.colour == nil || look.colour != look.background, "\(theme.name): \(role)")
        #expect((look.colour ?? 0) < colours && (look.background ?? 0) < colours)
      }
    }
  }

  @Test(
    "A colour becomes the nearest that there is",
    arguments: [
      ("#5fd7ff", 256, 81), ("#1c1c1c", 256, 234), ("#1d1b1c", 256, 234), ("#ffffff", 256, 231),
      ("#ff0101", 256, 196), ("#ff0101", 16, 9), ("#c00000", 8, 1), ("#ffffff", 8, 7),
      ("bright-red", 256, 9), ("bright-red", 16, 9), ("bright-red", 8, 1), ("cyan", 8, 6),
      ("#000000", 8, 0),
    ])
  func lowered(text: String, count: Int, number: Int16) throws {
    #expect(try #require(Colour(text)).nearest(of: count) == number)
  }

  @Test func theTerminalsOwnStays() {
    #expect(Colour.standard.nearest(of: 256) == nil)
    // Red, green and blue in one number: 166 would be a dark blue.
    let direct = Appearance(.dark, colours: 1 << 24, noColour: nil).look(of: Style(.person(0)))
    #expect((0..<8).contains(direct.colour ?? -1))
  }

  @Test("NO_COLOR wins over any theme, and so does a terminal without colours")
  func none() {
    for theme in Theme.builtIn {
      for (colours, no) in [(256, "1"), (2, nil)] as [(Int, String?)] {
        let appearance = Appearance(theme, colours: colours, noColour: no)
        for role in Role.allCases {
          let look = appearance.look(of: Style(role))
          #expect(look.colour == nil && look.background == nil)
          #expect(look == Appearance(.plain, colours: 256, noColour: nil).look(of: Style(role)))
        }
      }
    }
  }

  @Test("What has a colour behind it is not reversed besides")
  func reversal() {
    let dark = Appearance(.dark, colours: 256, noColour: nil)
    let selected = dark.look(of: Style(.selected, reversed: true))
    #expect(!selected.attributes.contains(.reverse) && selected.background == 24)
    let terminal = Appearance(.terminal, colours: 256, noColour: nil)
    #expect(terminal.look(of: Style(.selected, reversed: true)).attributes.contains(.reverse))
    #expect(dark.look(of: Style(.dim, reversed: true)).attributes.contains(.reverse))
  }

  // MARK: Files

  @Test func readsAFile() throws {
    let theme = try Theme(
      name: "mine",
      file: "# Mine\r\n\r\n background=#101010\ntext = #d0d0d0\n"
        + "\taccent =  bright-cyan  bold underline\nselected = #000000 on #ffd700\n"
        + "dim = italic\nloss = default")
    #expect(theme.name == "mine" && theme.background == .rgb(16, 16, 16))
    #expect(theme[.plain] == Theme.Look(colour: .rgb(0xd0, 0xd0, 0xd0)))
    #expect(
      theme[.accent] == Theme.Look(colour: .numbered(14), attributes: [.bold, .underline]))
    #expect(
      theme[.selected] == Theme.Look(colour: .rgb(0, 0, 0), background: .rgb(255, 0xd7, 0)))
    #expect(theme[.dim] == Theme.Look(attributes: .italic))
    #expect(theme[.loss].colour == .standard)
    #expect(theme[.gain] == Theme.terminal[.gain], "of what it does not speak")
    let look = Appearance(theme, colours: 256, noColour: nil).look(of: .dim)
    #expect(look.colour == Colour.rgb(0xd0, 0xd0, 0xd0).nearest(of: 256), "that of text")
    #expect(look.background == 233)
    #expect(try Theme(name: "empty", file: "").looks == Theme.terminal.looks)
  }

  @Test(
    "A wrong line is told by its number",
    arguments: [
      "nonsense = #ffffff", "text", "text =", "= #ffffff", "text = #fff", "text = #gggggg",
      "text = ffffff", "text = #ffffff blink", "text = #ffffff on", "text = #ffffff on bold",
      "text = red green", "background = #ffffff bold", "background =", "two words = red",
      "text = #+fffff",
    ])
  func wrongLines(line: String) {
    #expect(throws: Theme.BadLine(number: 3, text: line)) {
      try Theme(name: "bad", file: "# one\naccent = red\n\(line)\nloss = red\n")
    }
  }

  @Test("Every role has a name of its own that a file can use")
  func names() throws {
    #expect(Set(Role.allCases.map(\.name)).count == Role.allCases.count)
    for role in Role.allCases {
      let theme = try Theme(name: "x", file: "\(role.name) = bright-blue")
      #expect(theme[role].colour == .numbered(12))
    }
  }
}
