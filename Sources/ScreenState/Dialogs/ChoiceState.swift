/// Something to choose, in a dialog.
package struct ChoiceState: Sendable, Equatable {
  /// One of the things.
  package struct Option: Sendable, Equatable, Identifiable {
    /// Unique within the choice.
    package var id: String
    /// A word or two.
    package var label: String
    /// Behind the label, dim.
    package var note = ""
    /// It is what holds now.
    package var isCurrent = false

    package init(
      id: String,
      label: String,
      note: String = "",
      isCurrent: Bool = false
    ) {
      self.id = id
      self.label = label
      self.note = note
      self.isCurrent = isCurrent
    }
  }

  /// `REACT`.
  package var title: String
  /// What it is about, above the options.
  package var introduction = ""
  /// The options that match what is typed.
  package var options: [Option]
  /// Index of the selected one; nil only when there are none.
  package var selection: Int?
  /// They stand beside each other, each with its number.
  package var isRow = false
  /// It asks about something that cannot be undone; the introduction says what would be lost.
  package var isQuestion = false
  /// The first row in sight of an introduction that has no room, once somebody has scrolled.
  package var scroll: Int?
  /// What is typed to find an option; nil where nothing can be typed.
  package var filter: FieldState?
  /// What is waited for.
  package var progress: String?
  /// Why what was chosen did not happen.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    title: String,
    introduction: String = "",
    options: [Option],
    selection: Int? = nil,
    isRow: Bool = false,
    isQuestion: Bool = false,
    scroll: Int? = nil,
    filter: FieldState? = nil,
    progress: String? = nil,
    problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.title = title
    self.introduction = introduction
    self.options = options
    self.selection = selection
    self.isRow = isRow
    self.isQuestion = isQuestion
    self.scroll = scroll
    self.filter = filter
    self.progress = progress
    self.problem = problem
    self.hints = hints
  }
}
