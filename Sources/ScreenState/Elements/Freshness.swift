/// How fresh a pane's content is.
package enum Freshness: Sendable, Equatable {
  /// Nothing was ever loaded and nothing is set up: an empty state that says which key helps.
  case notSetUp
  /// The first content is on its way.
  case loading
  /// Live; the value is when it last changed (wall ms).
  case live(since: Int64)
  /// Kept from before; the line is down.
  case stale(since: Int64)
  /// Stopped until a person does something: the sentences say what happened and what to do.
  case failed(String)

  /// Nothing is wrong.
  package var isLive: Bool {
    if case .live = self { true } else { false }
  }
}
