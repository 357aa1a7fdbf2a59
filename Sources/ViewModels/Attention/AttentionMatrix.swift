/// How what happens reaches the person.
package enum AttentionMatrix {
  /// The ways that lead out of the lists on the screen, which show everything anyway.
  package struct Ways: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A line above the bottom line.
    package static let line = Ways(rawValue: 1)
    /// The terminal's bell.
    package static let bell = Ways(rawValue: 2)
    /// A notification on the desktop, and the command that is to be told.
    package static let desktop = Ways(rawValue: 4)

    /// `l`, `b` and `d`, in any order.
    fileprivate init(_ letters: String) {
      self = letters.reduce(into: []) { ways, letter in
        switch letter {
        case "l": ways.insert(.line)
        case "b": ways.insert(.bell)
        case "d": ways.insert(.desktop)
        default: break
        }
      }
    }
  }

  /// Where the person is, seen from what has happened.
  package struct Place: Sendable, Hashable {
    /// Looks at the terminal.
    package var isThere: Bool
    /// What it is about has the keys: the chat is open, the ticket lies over everything.
    package var isAtIt: Bool
    /// The chat that it is about is muted.
    package var isMuted: Bool

    package init(isThere: Bool, isAtIt: Bool, isMuted: Bool) {
      (self.isThere, self.isAtIt, self.isMuted) = (isThere, isAtIt, isMuted)
    }
  }

  // l: a line on the screen, b: the bell, d: the desktop.
  //
  //             heard                           muted
  //             there          away             there          away
  //             at it  else    at it  else      at it  else    at it  else
  // swift-format-ignore
  private static let table: [AttentionEvent.Kind: [String]] = [
    .message: [ "",    "",     "bd",  "bd",     "",    "",     "",    ""],
    // A call rings whatever is muted; the banner is its line.
    .call: [    "b",   "b",    "bd",  "bd",     "b",   "b",    "bd",  "bd"],
    // Money is told everywhere, and no chat is muted for it.
    .order: [   "lbd", "lbd",  "lbd", "lbd",    "lbd", "lbd",  "lbd", "lbd"],
    .price: [   "lbd", "lbd",  "lbd", "lbd",    "lbd", "lbd",  "lbd", "lbd"],
    .quote: [   "l",   "lb",   "lbd", "lbd",    "l",   "lb",   "lbd", "lbd"],
    // Nothing goes out to that person before it is decided.
    .key: [     "l",   "l",    "lbd", "lbd",    "l",   "l",    "l",   "l"],
    // The message itself says so where the chat is open.
    .unsent: [  "",    "l",    "bd",  "lbd",    "",    "l",    "",    "l"],
  ]

  /// The ways for something that happens; in quiet hours only the screen says it.
  package static func ways(
    for kind: AttentionEvent.Kind, at place: Place, isQuiet: Bool = false
  ) -> Ways {
    let column =
      (place.isMuted ? 4 : 0) + (place.isThere ? 0 : 2) + (place.isAtIt ? 0 : 1)
    let ways = table[kind].map { Ways($0[column]) } ?? []
    return isQuiet ? ways.intersection(.line) : ways
  }
}
