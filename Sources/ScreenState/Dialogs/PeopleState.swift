import Domain

/// People, chats and numbers of all messengers, to choose from by typing.
package struct PeopleState: Sendable, Equatable {
  /// Somebody or something to write to.
  package struct Row: Sendable, Equatable, Identifiable {
    /// Tells it from the others.
    package var id: String
    /// The name, not yet made harmless.
    package var name: String
    /// Where the person is known; nil for a number that is still to be looked up.
    package var service: Service?
    /// A number, or what the row is.
    package var detail: String
    /// What is known of the person's key; nil where there are no keys.
    package var identity: IdentityState?
    /// The person is online.
    package var isOnline: Bool

    package init(
      id: String, name: String, service: Service? = nil, detail: String = "",
      identity: IdentityState? = nil, isOnline: Bool = false
    ) {
      self.id = id
      self.name = name
      self.service = service
      self.detail = detail
      self.identity = identity
      self.isOnline = isOnline
    }
  }

  /// What stands in the dialog's upper edge.
  package var title: String
  /// What is looked for.
  package var field = FieldState()
  /// Those that fit what was typed and may be in sight.
  package var rows: Excerpt<Row> = []
  /// Index of the selected one; nil only when there are none.
  package var selection: Int?
  /// What stands in place of rows.
  package var empty = ""
  /// What is waited for.
  package var progress: String?
  /// Why something did not go.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(title: String) { self.title = title }
}
