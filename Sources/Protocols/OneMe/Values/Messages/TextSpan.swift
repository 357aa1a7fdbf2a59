import JSON

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

extension TextSpan: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    kind = try object.requiredName("type")
    start = Int(object.count("from") ?? 0)
    length = Int(try object.requiredNumber("length").brought(to: WireBounds.count))
    url = object.nested("attributes")?.address("url")
    userId = object.number("entityId")
  }
}

extension TextSpan {
  /// The characters of `text` that the stretch covers; nil for none.
  ///
  /// The server's numbers are not trusted: what lies beyond the text is cut off, and a character of
  /// which a part is covered counts whole, so that no emoji is torn.
  public func range(in text: String) -> Range<String.Index>? {
    let units = text.utf16
    guard length > 0, start >= 0, start < units.count else { return nil }
    let end = start + min(length, units.count - start)
    let first = text.character(at: units.index(units.startIndex, offsetBy: start))
    let last = text.character(at: units.index(units.startIndex, offsetBy: end - 1))
    return first..<text.index(after: last)
  }

  /// A stretch that covers `range` of `text`, counted in UTF-16 units.
  public init(
    kind: String, range: Range<String.Index>, in text: String, url: String? = nil,
    userId: Int64? = nil
  ) {
    let units = text.utf16
    self.init(
      kind: kind, start: units.distance(from: units.startIndex, to: range.lowerBound),
      length: units.distance(from: range.lowerBound, to: range.upperBound), url: url,
      userId: userId)
  }
}

extension String {
  /// The start of the character in which `index`, perhaps in its middle, lies.
  fileprivate func character(at index: Index) -> Index {
    self.index(before: self.index(after: index))
  }
}
