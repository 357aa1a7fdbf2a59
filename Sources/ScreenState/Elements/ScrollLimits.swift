/// What the terminal's size has left out of sight of a picture. The layout tells it to the models once
/// the picture is drawn, so that the next key that scrolls knows how far it can go.
package struct ScrollLimits: Sendable, Equatable {
  /// How far the help can be scrolled, in lines.
  package var helpEnd = Int.max
  /// What is in sight of a page that may be higher than the terminal.
  package var page = PagePlace()
  /// Whether the open chat, which begins with its first unread message, has more of them than fit.
  package var hasUnreadBelow = false
  /// Whether the newest message of the open chat is in sight.
  package var isEndInSight = false

  /// As before the first picture.
  package init() {}

  /// - Parameters: see the properties.
  package init(
    helpEnd: Int, page: PagePlace, hasUnreadBelow: Bool, isEndInSight: Bool = false
  ) {
    (self.helpEnd, self.page, self.hasUnreadBelow) = (helpEnd, page, hasUnreadBelow)
    self.isEndInSight = isEndInSight
  }
}

/// Which part of a page is in sight, where the page is higher than the terminal.
package struct PagePlace: Sendable, Equatable {
  /// The first row in sight.
  package var first = 0
  /// The first row when the last one is in sight; 0 for a page that is in sight as a whole.
  package var end = 0
  /// How many rows are in sight.
  package var rows = 0

  /// All of a page.
  package init() {}

  /// - Parameters: see the properties.
  package init(first: Int, end: Int, rows: Int) {
    (self.first, self.end, self.rows) = (first, end, rows)
  }

  /// The first row after a key that scrolls; nil for any other key.
  package func first(after key: Key) -> Int? {
    // A row stays in sight, to go on reading from.
    let step = max(1, rows - 1)
    let wanted: Int? =
      switch key {
      case .pageDown: first + step
      case .pageUp: first - step
      default: nil
      }
    return wanted.map { max(0, min($0, end)) }
  }
}
