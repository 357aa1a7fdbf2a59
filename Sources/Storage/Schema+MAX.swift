import Database

extension Schema {
  /// What a messenger whose server keeps the history needs to know besides the messages.
  @Sendable static func continuity(_ connection: Connection) throws {
    try connection.run(
      """
      -- Chats of which messages were missed: those after this moment have to be asked for.
      CREATE TABLE gap (
        chat TEXT PRIMARY KEY REFERENCES chat ON DELETE CASCADE,
        after INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Up to when a chat was read, of which its server has not heard yet.
      CREATE TABLE untold_mark (
        chat TEXT PRIMARY KEY REFERENCES chat ON DELETE CASCADE,
        mark INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE chat ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
      """)
  }

  /// Of two changes of a message the later one holds, in whatever order they come.
  @Sendable static func edits(_ connection: Connection) throws {
    try connection.run("ALTER TABLE message ADD COLUMN edited_at INTEGER;")
  }
}
