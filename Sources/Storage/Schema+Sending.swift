import Database

extension Schema {
  /// A server gives a message its own id when it takes it; what was told of it before bears another.
  @Sendable static func writtenIds(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE message ADD COLUMN written_id TEXT;
      CREATE INDEX message_by_written_id ON message (chat, written_id)
        WHERE written_id IS NOT NULL;
      """)
  }
}
