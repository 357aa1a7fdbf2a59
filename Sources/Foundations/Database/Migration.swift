/// One step from a version of the schema to the next.
///
/// The list of migrations only ever grows: the file's `user_version` says how many it has had.
public struct Migration: Sendable {
  /// What the step brings, for people who read the list.
  public let name: String
  let body: @Sendable (Connection) throws -> Void

  /// A step of this name; `body` runs in a transaction of its own, with the new version.
  public init(_ name: String, _ body: @escaping @Sendable (Connection) throws -> Void) {
    self.name = name
    self.body = body
  }
}

extension Connection {
  /// Brings the schema up to date, each step in a transaction of its own together with its version.
  func migrate(_ migrations: [Migration]) throws(DatabaseError) {
    let found = try userVersion()
    guard found <= migrations.count else {
      throw .newerVersion(found: found, known: migrations.count)
    }
    for (index, migration) in migrations.enumerated().dropFirst(found) {
      try transaction(.immediate) { connection in
        // Another process may have taken this step while this one waited for the lock.
        guard try connection.userVersion() == index else { return }
        try migration.body(connection)
        try connection.run("PRAGMA user_version = \(index + 1)")
      }
    }
  }

  private func userVersion() throws(DatabaseError) -> Int {
    let version: Int? = try first("PRAGMA user_version") { try $0.get("user_version") }
    return version ?? 0
  }
}

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
