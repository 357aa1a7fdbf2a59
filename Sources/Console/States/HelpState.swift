/// The help overlay: the command table, grouped.
public struct HelpState: Sendable, Equatable {
  /// One command.
  public struct Entry: Sendable, Equatable {
    /// All keys that do it: `j ↓`.
    public var keys: String
    /// What it does, as a sentence without its full stop.
    public var title: String
    /// The same thing on the command line, if it has a form there.
    public var cli: String?
    /// Why it does nothing now; nil when it works.
    public var disabledReason: String?
  }

  /// Commands that belong together.
  public struct Group: Sendable, Equatable {
    /// Where or on what they work.
    public var title: String
    /// In the order of the command table.
    public var entries: [Entry]
  }

  /// In the order in which they are shown.
  public var groups: [Group]
  /// First visible line.
  public var scroll = 0
}
