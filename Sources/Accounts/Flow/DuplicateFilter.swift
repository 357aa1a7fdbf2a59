/// Keeps a stream from telling twice that a thing is in the same state.
///
/// Of each thing it remembers the revision that was told last. Beyond `limit` things it forgets those of
/// which nothing was told for longest; one of them may be told once more.
package struct DuplicateFilter: Sendable {
  /// An entry takes about 100 bytes, so that all take at most 20 MB.
  private static let limit = 100_000

  private var recent: [String: Int] = [:]
  private var earlier: [String: Int] = [:]

  package init() {}

  /// Whether `revision` differs from what was told of `subject` last; it counts as told from now on.
  package mutating func isNew(_ subject: String, _ revision: some Hashable) -> Bool {
    let revision = revision.hashValue
    let known = recent[subject] ?? earlier[subject]
    if recent.count >= DuplicateFilter.limit {
      earlier = recent
      recent = [:]
    }
    recent[subject] = revision
    return known != revision
  }

  /// Whether anything was told of `subject`.
  package func hasSeen(_ subject: String) -> Bool {
    recent[subject] != nil || earlier[subject] != nil
  }

  /// Whether that was told of `subject` last.
  func isLatest(_ subject: String, _ revision: some Hashable) -> Bool {
    (recent[subject] ?? earlier[subject]) == revision.hashValue
  }
}
