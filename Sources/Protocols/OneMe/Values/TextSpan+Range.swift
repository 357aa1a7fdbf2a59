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
