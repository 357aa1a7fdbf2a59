import Database

extension Schema {
  /// A message that a relay says again must not start its session again, whatever became of that.
  @Sendable static func replays(_ connection: Connection) throws {
    try connection.run(
      """
      -- Of every session that somebody has started with us; never forgotten while our keys live.
      CREATE TABLE starting_key (
        number TEXT NOT NULL,
        identity BLOB NOT NULL,
        base_key BLOB NOT NULL,
        PRIMARY KEY (number, identity, base_key)
      ) STRICT, WITHOUT ROWID;

      -- Last-resort keys that were replaced: somebody may have fetched them.
      CREATE TABLE retired_last_resort (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        private_key BLOB NOT NULL
      ) STRICT;

      ALTER TABLE secure_device ADD COLUMN last_resort_at INTEGER;
      """)
  }
}
