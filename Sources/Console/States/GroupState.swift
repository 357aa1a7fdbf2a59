/// A group and who is in it.
public struct GroupState: Sendable, Equatable {
  /// One member.
  public struct Member: Sendable, Equatable, Identifiable {
    /// The number.
    public var id: String
    /// The name, where it is known.
    public var name: String?
    /// It is the account's owner.
    public var isOwn = false
  }

  /// As its members call it.
  public var title: String
  /// In the order of their names.
  public var members: [Member] = []
  /// Index of the selected member; nil only when there are none.
  public var selection: Int?
  /// We are in it; who has left sees what was said until then.
  public var isActive = true
  /// What is waited for.
  public var progress: String?
  /// Why there is nothing to see, or what was asked for did not happen.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
