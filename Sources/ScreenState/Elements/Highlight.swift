import Domain

/// Words that were searched for, to be marked where they stand.
package struct Highlight: Sendable, Equatable {
  private let query: SearchQuery

  /// - Parameter words: as they were typed to search for them.
  package init(_ words: String) { query = SearchQuery(words) }

  /// Where they stand in a text, from left to right.
  package func ranges(in text: String) -> [Range<String.Index>] { query.ranges(in: text) }
}
