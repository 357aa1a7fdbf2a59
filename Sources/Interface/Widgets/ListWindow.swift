/// Which rows of a list are visible.
///
/// A function of the list alone, without memory: the selection is kept in the middle as long as
/// there is more on both sides, so that one always sees what comes before and after it.
struct ListWindow: Equatable {
  /// Indices of the rows to draw.
  let visible: Range<Int>

  /// - Parameters:
  ///   - selection: index of the row to keep visible; nil shows the beginning.
  ///   - height: rows of the screen, each showing one row of the list.
  init(count: Int, selection: Int?, height: Int) {
    let height = max(0, min(height, count))
    let middle = (selection ?? 0) - height / 2
    let first = max(0, min(middle, count - height))
    visible = first..<first + height
  }
}
