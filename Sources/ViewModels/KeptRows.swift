import Phrases
import ScreenState

/// The rows of a list that were put together last, as long as nothing in them changes: most pictures
/// show the same ones again. In another language they are put together anew.
struct KeptRows<Row: Sendable & Equatable> {
  private var last: (row: Int?, reach: Int, language: String, rows: Excerpt<Row>)?

  /// Something in the rows has changed.
  mutating func forget() { last = nil }

  /// The rows of a list that may be in sight with one of them; see `Excerpt`.
  mutating func rows(
    of total: Int, around row: Int?, reach: Int, make: (Int) -> Row
  ) -> Excerpt<Row> {
    let language = Vocabulary.language
    if let last, last.row == row, last.reach == reach, last.language == language {
      return last.rows
    }
    let rows = Excerpt(of: total, around: row, reach: reach, make: make)
    last = (row, reach, language, rows)
    return rows
  }
}
