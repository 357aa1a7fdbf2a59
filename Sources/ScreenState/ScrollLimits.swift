/// What the terminal's size has left out of sight of a picture. The layout tells it to the models once
/// the picture is drawn, so that the next key that scrolls knows how far it can go.
package struct ScrollLimits: Sendable, Equatable {
  /// How far the help can be scrolled, in lines.
  package var helpEnd = Int.max
  /// What is in sight of a page that may be higher than the terminal.
  package var page = PagePlace()
  /// Whether the open chat, which begins with its first unread message, has more of them than fit.
  package var hasUnreadBelow = false

  /// As before the first picture.
  package init() {}

  /// - Parameters: see the properties.
  package init(helpEnd: Int, page: PagePlace, hasUnreadBelow: Bool) {
    (self.helpEnd, self.page, self.hasUnreadBelow) = (helpEnd, page, hasUnreadBelow)
  }
}
