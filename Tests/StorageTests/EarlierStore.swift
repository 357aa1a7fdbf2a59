import Database

@testable import Storage

extension Profile {
  /// Leaves a store in this profile as it was when the schema had only its first `count` migrations.
  func makeEarlierStore(
    _ count: Int, _ fill: @Sendable (Connection) throws -> Void
  ) async throws {
    let old = try Database(
      path: databasePath, migrations: Array(Schema.migrations.prefix(count)),
      functions: Schema.functions)
    try await old.write(fill)
  }
}
