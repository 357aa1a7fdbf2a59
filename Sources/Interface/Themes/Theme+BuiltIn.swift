extension Theme {
  /// Those that are always there; the first is the usual one.
  package static let builtIn: [Theme] = [.terminal, .dark, .light, .contrast, .plain]

  /// The terminal's own colours, so that it fits its light or dark background.
  package static let terminal = Theme(
    name: "terminal",
    looks: bare.merging(
      people([
        // Those of 256 that can be read on black and on white alike (3.2 to 1 and more).
        .numbered(166), .numbered(100), .numbered(64), .numbered(30), .numbered(32), .numbered(99),
        .numbered(133), .numbered(168),
      ])
    ) { $1 }.merging([
      .accent: Look(colour: .numbered(6), attributes: .bold),
      .focus: Look(colour: .numbered(6), attributes: .bold),
      .gain: Look(colour: .numbered(2)),
      .loss: Look(colour: .numbered(1)),
      .warning: Look(colour: .numbered(3)),
      .alarm: Look(colour: .numbered(1), attributes: [.bold, .reverse]),
      .paper: Look(colour: .numbered(0), background: .numbered(15)),
    ]) { $1 })

  /// Without colours bold, dim, underline and reverse carry on; no meaning is in colour alone.
  package static let plain = Theme(name: "plain", hasColours: false, looks: bare)

  private static let bare: [Role: Look] = [
    .dim: Look(attributes: .dim),
    .accent: Look(attributes: .bold),
    .focus: Look(attributes: .bold),
    .warning: Look(attributes: .bold),
    .selected: Look(attributes: .bold),
    .alarm: Look(attributes: [.bold, .reverse]),
    .paper: Look(attributes: .reverse),
  ]

  // All colours below are of the cube and the greys that terminals with 256 colours have, so that
  // they look the same there.

  static let dark = Theme(
    name: "dark", background: .hex(0x1c1c1c),
    looks: people(
      [
        0xffaf5f, 0xd7d75f, 0x87d7af, 0x5fd7d7, 0x87afff, 0xd7afff, 0xff87d7, 0xd7af87,
      ].map(Colour.hex)
    ).merging([
      .plain: Look(colour: .hex(0xd0d0d0)),
      .dim: Look(colour: .hex(0x8a8a8a)),
      .accent: Look(colour: .hex(0x5fd7ff), attributes: .bold),
      .focus: Look(colour: .hex(0x000000), background: .hex(0x5fd7ff), attributes: .bold),
      .gain: Look(colour: .hex(0x87d787)),
      .loss: Look(colour: .hex(0xff8787)),
      .warning: Look(colour: .hex(0xffd75f)),
      .alarm: Look(colour: .hex(0xffffff), background: .hex(0xd70000), attributes: .bold),
      .selected: Look(colour: .hex(0xffffff), background: .hex(0x005f87), attributes: .bold),
      .paper: .paper,
    ]) { $1 })

  static let light = Theme(
    name: "light", background: .hex(0xffffff),
    looks: people(
      [
        0xaf5f00, 0x5f5f00, 0x00875f, 0x005faf, 0x5f5faf, 0x8700af, 0xaf005f, 0x875f5f,
      ].map(Colour.hex)
    ).merging([
      .plain: Look(colour: .hex(0x262626)),
      .dim: Look(colour: .hex(0x6c6c6c)),
      .accent: Look(colour: .hex(0x005f87), attributes: .bold),
      .focus: Look(colour: .hex(0xffffff), background: .hex(0x005f87), attributes: .bold),
      .gain: Look(colour: .hex(0x005f00)),
      .loss: Look(colour: .hex(0xaf0000)),
      .warning: Look(colour: .hex(0x875f00)),
      .alarm: Look(colour: .hex(0xffffff), background: .hex(0xaf0000), attributes: .bold),
      .selected: Look(colour: .hex(0xffffff), background: .hex(0x005faf), attributes: .bold),
      .paper: .paper,
    ]) { $1 })

  static let contrast = Theme(
    name: "contrast", background: .hex(0x000000),
    looks: people(
      [
        0xffaf5f, 0xffff5f, 0x87ff87, 0x5fd7ff, 0x87afff, 0xd7afff, 0xff87d7, 0xffd7af,
      ].map(Colour.hex)
    ).merging([
      .plain: Look(colour: .hex(0xffffff)),
      .dim: Look(colour: .hex(0xbcbcbc)),
      .accent: Look(colour: .hex(0x5fffff), attributes: .bold),
      .focus: Look(colour: .hex(0x000000), background: .hex(0x5fffff), attributes: .bold),
      .gain: Look(colour: .hex(0x5fff5f)),
      .loss: Look(colour: .hex(0xff8787)),
      .warning: Look(colour: .hex(0xffd75f)),
      .alarm: Look(colour: .hex(0x000000), background: .hex(0xff8787), attributes: .bold),
      .selected: Look(colour: .hex(0x000000), background: .hex(0xffd700), attributes: .bold),
      .paper: .paper,
    ]) { $1 })

  private static func people(_ colours: [Colour]) -> [Role: Look] {
    Dictionary(
      zip(Role.allCases.filter { $0.person != nil }, colours.map { Look(colour: $0) }),
      uniquingKeysWith: { first, _ in first })
  }
}

extension Theme.Look {
  /// What cameras read.
  fileprivate static let paper = Theme.Look(colour: .hex(0x000000), background: .hex(0xffffff))
}

extension Colour {
  fileprivate static func hex(_ value: UInt32) -> Colour {
    .rgb(UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
  }
}
