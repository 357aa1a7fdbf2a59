/// A stretch of a message's text that means or looks something special.
public struct MessageSpan: Sendable, Equatable, Codable {
  /// The service's word: `STRONG`, `LINK`, or one that it invents later.
  public var kind: String
  /// Where it starts, in UTF-16 units. Not checked against the text.
  public var start: Int
  /// How long it is, in UTF-16 units. Not checked against the text.
  public var length: Int
  /// Where a link leads to, if that is not what it says.
  public var url: String?

  /// A stretch with these fields.
  public init(kind: String, start: Int, length: Int, url: String? = nil) {
    self.kind = kind
    self.start = start
    self.length = length
    self.url = url
  }
}

/// A reaction to a message, and how many people chose it.
public struct MessageReaction: Sendable, Equatable, Codable {
  /// As its service writes it.
  public var emoji: String
  /// How many people chose it, 1 or more.
  public var count: Int
  /// Whether the account's owner is among them.
  public var own: Bool

  /// A reaction chosen by `count` people.
  public init(emoji: String, count: Int, own: Bool = false) {
    self.emoji = emoji
    self.count = count
    self.own = own
  }
}
