import Domain

/// The search: what is looked for, and what was found so far.
package struct SearchState: Sendable, Equatable {
  /// One message that was found.
  package struct Hit: Sendable, Equatable, Identifiable {
    /// The chat's name on the command line and the message's id.
    package var id: String
    /// The messenger it belongs to.
    package var service: Service
    /// The chat's title.
    package var chat: String
    /// Who wrote it; nil where nobody did.
    package var sender: String?
    /// Wall ms.
    package var at: Int64
    /// All of it; which part is shown is the picture's business.
    package var text: String

    package init(
      id: String,
      service: Service,
      chat: String,
      sender: String? = nil,
      at: Int64,
      text: String
    ) {
      self.id = id
      self.service = service
      self.chat = chat
      self.sender = sender
      self.at = at
      self.text = text
    }
  }

  /// What stands in place of hits, or below them.
  package enum Outcome: Sendable, Equatable {
    /// Nothing has been typed that could be found.
    case idle
    /// The store is being searched, and nothing is known yet.
    case searching
    /// There are hits, or none.
    case done
  }

  /// How far the server has been asked.
  package enum Server: Sendable, Equatable {
    /// It is not signed in to.
    case absent
    /// It could be asked; while the line is down it cannot.
    case unasked(isOnline: Bool)
    /// It is being asked.
    case asking
    /// It has answered, with so many messages that were not stored.
    case answered(Int)
    /// It was asked in vain: why, and what to do.
    case failed(String)
  }

  /// What is looked for.
  package var field = FieldState()
  /// The title of the one chat that is searched; nil for all.
  package var scope: String?
  /// Newest first.
  package var hits: [Hit] = []
  /// Whether there are more than these.
  package var hasMore = false
  /// Index of the selected one; nil only when there are none.
  package var selection: Int?
  /// What marks the words in the hits.
  package var highlight: Highlight?
  /// How far the search is.
  package var outcome: Outcome = .idle
  /// How far the server has been asked.
  package var server: Server = .absent
  /// The keys.
  package var hints: [Hint] = []

  package init(
    field: FieldState = FieldState(),
    scope: String? = nil,
    hits: [Hit] = [],
    hasMore: Bool = false,
    selection: Int? = nil,
    highlight: Highlight? = nil,
    outcome: Outcome = .idle,
    server: Server = .absent,
    hints: [Hint] = []
  ) {
    self.field = field
    self.scope = scope
    self.hits = hits
    self.hasMore = hasMore
    self.selection = selection
    self.highlight = highlight
    self.outcome = outcome
    self.server = server
    self.hints = hints
  }
}
