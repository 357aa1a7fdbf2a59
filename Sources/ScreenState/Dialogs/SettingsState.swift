/// What can be set in the console, each with the value that is shown now.
package struct SettingsState: Sendable, Equatable {
  /// One setting.
  package struct Row: Sendable, Equatable {
    /// What it is about.
    package var label: String
    /// The value, in words.
    package var value: String

    package init(label: String, value: String) {
      self.label = label
      self.value = value
    }
  }

  /// In the order in which they are offered.
  package var rows: [Row]
  /// The one that keys change.
  package var selection: Int
  /// What is to be known of that one.
  package var note: String?
  /// Why it is not as was chosen, or could not be kept.
  package var problem: String?
  /// The keys.
  package var hints: [Hint]

  package init(
    rows: [Row] = [], selection: Int = 0, note: String? = nil, problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.rows = rows
    self.selection = selection
    self.note = note
    self.problem = problem
    self.hints = hints
  }
}
