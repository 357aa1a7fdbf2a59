/// What a transaction survives, once it is committed.
public enum Durability: Sendable {
  /// The end of the program, however sudden. After a power failure the last such transactions may be
  /// missing, each of them whole, until one follows that survives that as well. For what is written
  /// often and missed little: the disk is not waited for.
  case crash
  /// A power failure as well.
  case powerFailure
}

extension Connection {
  /// What the transactions from here on survive.
  func demand(_ durability: Durability) throws(DatabaseError) {
    guard durability != self.durability else { return }
    // In WAL mode the lesser setting leaves out nothing but the wait for the disk at a commit.
    try run(
      durability == .crash ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL")
    self.durability = durability
  }
}
