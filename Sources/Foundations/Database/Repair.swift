/// What is set right when a database is opened: content that an earlier program should not have kept.
public struct Repair: Sendable {
  let isNeeded: @Sendable (Connection) throws -> Bool
  let body: @Sendable (Connection) throws -> Void

  /// - Parameters:
  ///   - isNeeded: asked at every opening, so it has to be quick.
  ///   - body: runs in a transaction of its own.
  public init(
    isNeeded: @escaping @Sendable (Connection) throws -> Bool,
    _ body: @escaping @Sendable (Connection) throws -> Void
  ) {
    self.isNeeded = isNeeded
    self.body = body
  }
}

extension Connection {
  /// Makes the repair if it is needed; a database that is whole is not written to.
  func make(_ repair: Repair) throws(DatabaseError) {
    guard try transaction(.deferred, repair.isNeeded) else { return }
    try transaction(.immediate, repair.body)
  }
}
