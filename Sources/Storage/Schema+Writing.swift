import Database

extension Schema {
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
}
