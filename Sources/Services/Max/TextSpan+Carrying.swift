import OneMe

extension TextSpan {
  /// Spans of a text that still hold in a changed one: those before the change, and those behind it,
  /// moved. What the change touches loses its look.
  static func carried(_ spans: [TextSpan], from old: String, to new: String) -> [TextSpan] {
    let (old, new) = (Array(old.utf16), Array(new.utf16))
    let shorter = min(old.count, new.count)
    let before = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let rest = shorter - before
    let behind =
      (0..<rest).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? rest
    return spans.compactMap { span in
      guard span.length > 0, span.length <= old.count, span.start <= old.count - span.length else {
        return nil
      }
      if span.start + span.length <= before { return span }
      guard span.start >= old.count - behind else { return nil }
      var moved = span
      moved.start += new.count - old.count
      return moved
    }
  }
}
