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

  /// What makes a messenger more than a list of lines: how texts look, what others think of them, and
  /// what is being written.
  @Sendable static func writing(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE message ADD COLUMN spans TEXT NOT NULL DEFAULT '[]';
      -- Null where nobody has said whether there are any.
      ALTER TABLE message ADD COLUMN reactions TEXT;

      ALTER TABLE chat ADD COLUMN others_mark INTEGER;

      CREATE TABLE draft (
        chat TEXT NOT NULL REFERENCES chat ON DELETE CASCADE,
        -- The message whose words these are to be; empty for a new one.
        edits TEXT NOT NULL,
        text TEXT NOT NULL,
        reply_to TEXT,
        PRIMARY KEY (chat, edits)
      ) STRICT, WITHOUT ROWID;
      """)
  }

  /// A server gives a message its own id when it takes it; what was told of it before bears another.
  @Sendable static func writtenIds(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE message ADD COLUMN written_id TEXT;
      CREATE INDEX message_by_written_id ON message (chat, written_id)
        WHERE written_id IS NOT NULL;
      """)
  }

  /// Calls that the account's owner made, as the server's history tells of them.
  @Sendable static func madeCalls(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE call ADD COLUMN callee_id TEXT;
      ALTER TABLE call ADD COLUMN callee_name TEXT;
      """)
  }

  /// The group that is called, by its name at that time.
  @Sendable static func groupCalls(_ connection: Connection) throws {
    try connection.run("ALTER TABLE call ADD COLUMN group_name TEXT;")
  }
}
