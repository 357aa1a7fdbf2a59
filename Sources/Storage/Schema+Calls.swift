import Database

extension Schema {
  /// Calls that the account's owner made, as the server's history tells of them.
  @Sendable static func madeCalls(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE call ADD COLUMN callee_id TEXT;
      ALTER TABLE call ADD COLUMN callee_name TEXT;
      """)
  }
}
