import Domain

/// A short message to the person at the keyboard, gone when acknowledged or expired.
package struct Notice: Sendable, Equatable, Identifiable {
  /// Counts up over a run.
  package var id: Int
  /// How much it matters.
  package var kind: NoticeKind
  /// What happened.
  package var text: String
  /// What to do about it, if anything.
  package var hint: String?

  package init(
    id: Int,
    kind: NoticeKind,
    text: String,
    hint: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.text = text
    self.hint = hint
  }
}
