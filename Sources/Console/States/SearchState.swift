import Storage

/// The search: what is looked for, and what was found so far.
public struct SearchState: Sendable, Equatable {
  /// One message that was found.
  public struct Hit: Sendable, Equatable, Identifiable {
    /// The chat's name on the command line and the message's id.
    public var id: String
    /// The messenger it belongs to.
    public var service: Service
    /// The chat's title.
    public var chat: String
    /// Who wrote it; nil where nobody did.
    public var sender: String?
    /// Wall ms.
    public var at: Int64
    /// All of it; which part is shown is the picture's business.
    public var text: String
  }

  /// What stands in place of hits, or below them.
  public enum Outcome: Sendable, Equatable {
    /// Nothing has been typed that could be found.
    case idle
    /// The store is being searched, and nothing is known yet.
    case searching
    /// There are hits, or none.
    case done
  }

  /// How far the server has been asked.
  public enum Server: Sendable, Equatable {
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
  public var field = FieldState()
  /// The title of the one chat that is searched; nil for all.
  public var scope: String?
  /// Newest first.
  public var hits: [Hit] = []
  /// Whether there are more than these.
  public var hasMore = false
  /// Index of the selected one; nil only when there are none.
  public var selection: Int?
  /// What marks the words in the hits.
  public var highlight: Highlight?
  /// How far the search is.
  public var outcome: Outcome = .idle
  /// How far the server has been asked.
  public var server: Server = .absent
  /// The keys.
  public var hints: [Hint] = []
}
