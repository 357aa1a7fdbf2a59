/// The help overlay: the command table, grouped.
package struct HelpState: Sendable, Equatable {
  /// One command.
  package struct Entry: Sendable, Equatable {
    /// All keys that do it: `j ↓`.
    package var keys: String
    /// What it does, as a sentence without its full stop.
    package var title: String
    /// The same thing on the command line, if it has a form there.
    package var cli: String?
    /// Why it does nothing now; nil when it works.
    package var disabledReason: String?

    package init(
      keys: String,
      title: String,
      cli: String? = nil,
      disabledReason: String? = nil
    ) {
      self.keys = keys
      self.title = title
      self.cli = cli
      self.disabledReason = disabledReason
    }
  }

  /// Commands that belong together.
  package struct Group: Sendable, Equatable {
    /// Where or on what they work.
    package var title: String
    /// In the order of the command table.
    package var entries: [Entry]

    package init(
      title: String,
      entries: [Entry]
    ) {
      self.title = title
      self.entries = entries
    }
  }

  /// In the order in which they are shown.
  package var groups: [Group]
  /// First visible line.
  package var scroll = 0
  /// What is typed to find an entry.
  package var filter = FieldState()

  package init(
    groups: [Group],
    scroll: Int = 0,
    filter: FieldState = FieldState()
  ) {
    self.groups = groups
    self.scroll = scroll
    self.filter = filter
  }
}
