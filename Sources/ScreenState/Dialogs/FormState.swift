/// Something to fill in, in a dialog.
package struct FormState: Sendable, Equatable {
  /// A labelled input field.
  package struct Input: Sendable, Equatable {
    /// What to type.
    package var label: String
    /// What has been typed.
    package var field: FieldState

    package init(
      label: String,
      field: FieldState
    ) {
      self.label = label
      self.field = field
    }
  }

  /// `NEW CONTACT`.
  package var title: String
  /// A sentence or two above the fields, if they need them.
  package var introduction: [String] = []
  /// The fields.
  package var inputs: [Input]
  /// The field that has the keys.
  package var selection = 0
  /// How a field can go on: names of files.
  package var suggestions: [String] = []
  /// Below the fields: `48 KB`.
  package var note: String?
  /// What is waited for: `Saving…`.
  package var progress: String?
  /// How far that is; nil when it cannot be told.
  package var transfer: ConversationState.Transfer?
  /// What is wrong with the input, in words.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    title: String,
    introduction: [String] = [],
    inputs: [Input],
    selection: Int = 0,
    suggestions: [String] = [],
    note: String? = nil,
    progress: String? = nil,
    transfer: ConversationState.Transfer? = nil,
    problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.title = title
    self.introduction = introduction
    self.inputs = inputs
    self.selection = selection
    self.suggestions = suggestions
    self.note = note
    self.progress = progress
    self.transfer = transfer
    self.problem = problem
    self.hints = hints
  }
}
