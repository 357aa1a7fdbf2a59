import JSON

/// The reactions to one message (MAX protocol notes §4.2, `reactionInfo`).
public struct Reactions: Sendable, Equatable {
  /// One reaction and how many people chose it.
  public struct Counter: Sendable, Equatable {
    /// An emoji, as the server writes it.
    public var reaction: String
    /// How many people chose it.
    public var count: Int64

    /// A reaction chosen by `count` people.
    public init(reaction: String, count: Int64) {
      self.reaction = reaction
      self.count = count
    }
  }

  /// In the server's order.
  public var counters: [Counter]
  /// How many there are in all; `counters` may leave some out.
  public var total: Int64
  /// The account owner's own reaction.
  public var own: String?

  /// Reactions with these counts.
  public init(counters: [Counter], total: Int64, own: String? = nil) {
    self.counters = counters
    self.total = total
    self.own = own
  }
}

extension Reactions: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    counters = object.parts("counters", of: Counter.self)
    total = object.count("totalCount") ?? Int64(counters.count)
    own = object.text("yourReaction")
  }
}

extension Reactions.Counter: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    reaction = try object.requiredName("reaction")
    count = object.count("count") ?? 1
  }
}
