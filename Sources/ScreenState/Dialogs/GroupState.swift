/// A group and who is in it.
package struct GroupState: Sendable, Equatable {
  /// One member.
  package struct Member: Sendable, Equatable, Identifiable {
    /// The number.
    package var id: String
    /// The name, where it is known.
    package var name: String?
    /// It is the account's owner.
    package var isOwn = false

    package init(
      id: String,
      name: String? = nil,
      isOwn: Bool = false
    ) {
      self.id = id
      self.name = name
      self.isOwn = isOwn
    }
  }

  /// As its members call it.
  package var title: String
  /// In the order of their names.
  package var members: [Member] = []
  /// Index of the selected member; nil only when there are none.
  package var selection: Int?
  /// We are in it; who has left sees what was said until then.
  package var isActive = true
  /// What is waited for.
  package var progress: String?
  /// Why there is nothing to see, or what was asked for did not happen.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    title: String,
    members: [Member] = [],
    selection: Int? = nil,
    isActive: Bool = true,
    progress: String? = nil,
    problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.title = title
    self.members = members
    self.selection = selection
    self.isActive = isActive
    self.progress = progress
    self.problem = problem
    self.hints = hints
  }
}
