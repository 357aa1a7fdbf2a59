/// A stretch of a message's text that means or looks something special.
package struct MessageSpan: Sendable, Equatable, Codable {
  /// The service's word: `STRONG`, `LINK`, or one that it invents later.
  package var kind: String
  /// Where it starts, in UTF-16 units. Not checked against the text.
  package var start: Int
  /// How long it is, in UTF-16 units. Not checked against the text.
  package var length: Int
  /// Where a link leads to, if that is not what it says.
  package var url: String?

  /// A stretch with these fields.
  package init(kind: String, start: Int, length: Int, url: String? = nil) {
    self.kind = kind
    self.start = start
    self.length = length
    self.url = url
  }
}

/// A reaction to a message, and how many people chose it.
package struct MessageReaction: Sendable, Equatable, Codable {
  /// As its service writes it.
  package var emoji: String
  /// How many people chose it, 1 or more.
  package var count: Int
  /// Whether the account's owner is among them.
  package var own: Bool

  /// A reaction chosen by `count` people.
  package init(emoji: String, count: Int, own: Bool = false) {
    self.emoji = emoji
    self.count = count
    self.own = own
  }
}
