/// What a stream has told: a line about a thing that has not changed is never repeated.
///
/// Of each thing it remembers a revision, not the line. Beyond `limit` things it forgets those of which
/// nothing was told for longest; a line about one of them may come once more.
package struct RepeatFilter: Sendable {
  /// An entry takes about 100 bytes, so that all take at most 20 MB.
  private static let limit = 100_000

  private var recent: [String: Int] = [:]
  private var earlier: [String: Int] = [:]

  package init() {}

  /// Whether `revision` differs from what was told of `subject` last; it counts as told from now on.
  package mutating func isNews(_ subject: String, _ revision: some Hashable) -> Bool {
    let revision = revision.hashValue
    let known = recent[subject] ?? earlier[subject]
    if recent.count >= RepeatFilter.limit {
      earlier = recent
      recent = [:]
    }
    recent[subject] = revision
    return known != revision
  }

  /// Whether anything was told of `subject`.
  package func knows(_ subject: String) -> Bool {
    recent[subject] != nil || earlier[subject] != nil
  }

  /// Whether that was told of `subject` last.
  func isTold(_ subject: String, _ revision: some Hashable) -> Bool {
    (recent[subject] ?? earlier[subject]) == revision.hashValue
  }
}
