/// One step from a version of the schema to the next.
///
/// The list of migrations only ever grows: the file's `user_version` says how many it has had.
public struct Migration: Sendable {
  /// What the step brings, for people who read the list or wait for it.
  public let name: String
  let body: @Sendable (Connection) throws -> Part

  /// How much of a step is done.
  public enum Part: Sendable {
    /// All of it.
    case finished
    /// So much of the whole, counted in whatever the step counts.
    case done(Int, of: Int)
  }

  /// A step of this name; `body` runs in a transaction of its own, with the new version.
  public init(_ name: String, _ body: @escaping @Sendable (Connection) throws -> Void) {
    self.name = name
    self.body = { connection in
      try body(connection)
      return .finished
    }
  }

  private init(name: String, part: @escaping @Sendable (Connection) throws -> Part) {
    self.name = name
    body = part
  }

  /// A step for large files: `part` runs again and again, each time in a transaction of its own, until
  /// it says that all is done; the new version comes with the last one.
  ///
  /// A program that ends in between loses one part at most: the next start goes on. So `part` finds
  /// out from the file alone what is left to do.
  public static func inParts(
    _ name: String, _ part: @escaping @Sendable (Connection) throws -> Part
  ) -> Migration {
    Migration(name: name, part: part)
  }
}

/// How far the migrations of a file have come, for people who wait for them.
public struct MigrationProgress: Sendable, Equatable {
  /// The name of the step that is being taken.
  public let step: String
  /// Which one it is of those that this opening takes, from 1.
  public let number: Int
  /// How many it takes.
  public let count: Int
  /// How much of the step is done, from 0 to 1; nil as long as the step does not say.
  public let share: Double?
}

extension Connection {
  /// Brings the schema up to date, each step together with its version.
  ///
  /// - Parameter progress: hears of each step before it begins, and after each of its parts; of a new
  ///   file it hears nothing.
  func migrate(
    _ migrations: [Migration], progress: Database.Progress? = nil
  ) throws(DatabaseError) {
    let found = try userVersion()
    guard found <= migrations.count else {
      throw .newerVersion(found: found, known: migrations.count)
    }
    let progress = found == 0 ? nil : progress
    for (index, migration) in migrations.enumerated().dropFirst(found) {
      func tell(_ share: Double?) {
        progress?(
          MigrationProgress(
            step: migration.name, number: index - found + 1, count: migrations.count - found,
            share: share))
      }
      tell(nil)
      while case .done(let done, let whole) = try take(migration, from: index) {
        tell(whole > 0 ? min(1, Double(done) / Double(whole)) : nil)
      }
    }
  }

  /// Takes a step, or the next part of it.
  private func take(_ migration: Migration, from index: Int) throws(DatabaseError) -> Migration.Part
  {
    try transaction(.immediate) { connection in
      // Another process may have taken this step while this one waited for the lock.
      guard try connection.userVersion() == index else { return .finished }
      let part = try migration.body(connection)
      if case .finished = part { try connection.run("PRAGMA user_version = \(index + 1)") }
      return part
    }
  }

  private func userVersion() throws(DatabaseError) -> Int {
    let version: Int? = try first("PRAGMA user_version") { try $0.get("user_version") }
    return version ?? 0
  }
}
