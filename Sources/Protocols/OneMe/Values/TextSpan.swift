/// A stretch of a message's text that means or looks something special (MAX protocol notes §4.2,
/// `elements`).
public struct TextSpan: Sendable, Equatable {
  /// As the server writes it: STRONG, EMPHASIZED, UNDERLINE, STRIKETHROUGH, MONOSPACED, CODE, QUOTE,
  /// HEADING, LINK, USER_MENTION, ANIMOJI, or one it invents later.
  public var kind: String
  /// Where it starts, in UTF-16 units. Not checked against the text.
  public var start: Int
  /// How long it is, in UTF-16 units. Not checked against the text.
  public var length: Int
  /// The target of a LINK.
  public var url: String?
  /// Whom a USER_MENTION means.
  public var userId: Int64?

  /// A stretch with these fields.
  public init(kind: String, start: Int, length: Int, url: String? = nil, userId: Int64? = nil) {
    self.kind = kind
    self.start = start
    self.length = length
    self.url = url
    self.userId = userId
  }
}

extension TextSpan: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    kind = try object.requiredName("type")
    start = Int(object.count("from") ?? 0)
    length = Int(try object.requiredNumber("length").brought(to: WireBounds.count))
    url = object.nested("attributes")?.address("url")
    userId = object.number("entityId")
  }
}
