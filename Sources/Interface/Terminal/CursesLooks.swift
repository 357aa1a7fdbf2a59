import CNcurses

/// What curses calls the looks that were needed so far: few, until pictures are looked at.
struct CursesLooks {
  private var pairs: [[Int16]: Int16] = [:]
  private var looks: [Style: (attributes: attr_t, pair: Int16)] = [:]

  /// Curses has no more than 32 767 pairs of colours: before those are used up, it is begun anew.
  var areMany: Bool { pairs.count > 16_000 }

  mutating func look(
    of style: Style, in appearance: Appearance
  ) -> (attributes: attr_t, pair: Int16) {
    if let look = looks[style] { return look }
    let wanted = appearance.look(of: style)
    let look = (Self.attributes(of: wanted), pair(of: wanted))
    looks[style] = look
    return look
  }

  private static func attributes(of look: Appearance.Look) -> attr_t {
    var attributes: attr_t = 0
    if look.attributes.contains(.bold) { attributes |= curses_bold() }
    if look.attributes.contains(.dim) { attributes |= curses_dim() }
    if look.attributes.contains(.underline) { attributes |= curses_underline() }
    if look.attributes.contains(.reverse) { attributes |= curses_reverse() }
    if look.attributes.contains(.italic) { attributes |= curses_italic() }
    return attributes
  }

  private mutating func pair(of look: Appearance.Look) -> Int16 {
    // -1 is the terminal's own.
    let colours = [look.colour ?? -1, look.background ?? -1]
    guard colours != [-1, -1] else { return 0 }
    if let pair = pairs[colours] { return pair }
    guard let pair = Int16(exactly: pairs.count + 1), pair < curses_color_pairs(),
      init_pair(pair, colours[0], colours[1]) == OK
    else { return 0 }
    pairs[colours] = pair
    return pair
  }
}
