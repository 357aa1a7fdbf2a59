/// Something to choose, in a dialog.
public struct ChoiceState: Sendable, Equatable {
  /// One of the things.
  public struct Option: Sendable, Equatable, Identifiable {
    /// Unique within the choice.
    public var id: String
    /// A word or two.
    public var label: String
    /// Behind the label, dim.
    public var note = ""
    /// It is what holds now.
    public var isCurrent = false
  }

  /// `REACT`.
  public var title: String
  /// What it is about, above the options.
  public var introduction = ""
  /// The options that match what is typed.
  public var options: [Option]
  /// Index of the selected one; nil only when there are none.
  public var selection: Int?
  /// They stand beside each other, each with its number.
  public var isRow = false
  /// It asks about something that cannot be undone; the introduction says what would be lost.
  public var isQuestion = false
  /// The first row in sight of an introduction that has no room, once somebody has scrolled.
  public var scroll: Int?
  /// What is typed to find an option; nil where nothing can be typed.
  public var filter: FieldState?
  /// What is waited for.
  public var progress: String?
  /// Why what was chosen did not happen.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
