/// Something to fill in, in a dialog.
public struct FormState: Sendable, Equatable {
  /// A labelled input field.
  public struct Input: Sendable, Equatable {
    /// What to type.
    public var label: String
    /// What has been typed.
    public var field: FieldState
  }

  /// `NEW CONTACT`.
  public var title: String
  /// A sentence or two above the fields, if they need them.
  public var introduction: [String] = []
  /// The fields.
  public var inputs: [Input]
  /// The field that has the keys.
  public var selection = 0
  /// How a field can go on: names of files.
  public var suggestions: [String] = []
  /// Below the fields: `48 KB`.
  public var note: String?
  /// What is waited for: `Saving…`.
  public var progress: String?
  /// How far that is; nil when it cannot be told.
  public var transfer: ConversationState.Transfer?
  /// What is wrong with the input, in words.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
