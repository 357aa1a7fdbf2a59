import Database

extension Schema {
  /// Keys stand in the clear, as the login secrets do: the file is for the owner's eyes only.
  @Sendable static func textSecure(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE message ADD COLUMN failure TEXT;

      -- One row: the last number given to a message that has no id of a server's.
      CREATE TABLE message_counter (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        last INTEGER NOT NULL
      ) STRICT;
      INSERT INTO message_counter VALUES (1, 0);

      -- What was written and has not arrived at everybody yet.
      CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        service TEXT NOT NULL,
        chat TEXT NOT NULL REFERENCES chat ON DELETE CASCADE,
        message_id TEXT,
        body TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX outbox_by_message ON outbox (chat, message_id);

      -- A row for each receiver whom it has not reached.
      CREATE TABLE dispatch (
        outbox_id INTEGER NOT NULL REFERENCES outbox ON DELETE CASCADE,
        receiver TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT,
        sealed BLOB,
        PRIMARY KEY (outbox_id, receiver)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX dispatch_by_receiver ON dispatch (receiver, outbox_id);

      CREATE TABLE secure_device (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        number TEXT NOT NULL,
        identity BLOB NOT NULL,
        registration_id INTEGER NOT NULL,
        signaling_key BLOB NOT NULL,
        next_prekey_id INTEGER
      ) STRICT;

      CREATE TABLE prekey (
        id INTEGER PRIMARY KEY,
        private_key BLOB NOT NULL
      ) STRICT;

      CREATE TABLE secure_session (
        number TEXT NOT NULL,
        device INTEGER NOT NULL,
        record BLOB NOT NULL,
        PRIMARY KEY (number, device)
      ) STRICT, WITHOUT ROWID;

      -- A number that was written with; changed_identity waits for a person's decision.
      CREATE TABLE peer (
        number TEXT PRIMARY KEY,
        relay TEXT,
        identity BLOB,
        verified INTEGER NOT NULL,
        changed_identity BLOB
      ) STRICT, WITHOUT ROWID;

      -- Messages from an identity that nobody has accepted yet, as they came.
      CREATE TABLE held_signal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        number TEXT NOT NULL,
        signal BLOB NOT NULL UNIQUE,
        chat TEXT NOT NULL,
        message_id TEXT NOT NULL
      ) STRICT;

      CREATE TABLE secure_group (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        members TEXT NOT NULL,
        avatar BLOB,
        active INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
  }

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
