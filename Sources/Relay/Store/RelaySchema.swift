import Database

/// The tables of the relay's store. A released migration is never edited: the next one mends it.
enum RelaySchema {
  static let migrations = [
    Migration("accounts, keys, queues, attachments", begin),
    Migration("shares of a queue, wrong codes, who had a number first", ration),
  ]

  /// Queues are shared by their senders, codes end after wrong ones, and the relay that told of a
  /// number first keeps it.
  @Sendable private static func ration(_ connection: Connection) throws {
    try connection.run(
      """
      ALTER TABLE envelope ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
      UPDATE envelope SET size = ifnull(length(message), 0);
      -- Holds all that a queue's shares are counted by, so that no message has to be read for it.
      CREATE INDEX envelope_by_sender ON envelope (number, device, relay, source, size);

      ALTER TABLE code ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0;
      -- Whether its owner was told that another relay has the number.
      ALTER TABLE code ADD COLUMN is_warned INTEGER NOT NULL DEFAULT 0;

      -- Which time of learning told of it first, and which last.
      ALTER TABLE peer_contact ADD COLUMN first_learned INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE peer_contact ADD COLUMN last_learned INTEGER NOT NULL DEFAULT 0;
      """)
  }

  @Sendable private static func begin(_ connection: Connection) throws {
    try connection.run(
      """
      CREATE TABLE account (
        number TEXT PRIMARY KEY,
        token BLOB NOT NULL,
        supports_sms INTEGER NOT NULL,
        identity_key TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX account_by_token ON account (token);

      CREATE TABLE device (
        number TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
        id INTEGER NOT NULL,
        salt BLOB NOT NULL,
        password_hash BLOB NOT NULL,
        signaling_key BLOB NOT NULL,
        registration_id INTEGER NOT NULL,
        -- 0 no, 1 yes, 2 when the client did not say.
        fetches_messages INTEGER NOT NULL,
        name TEXT,
        created_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        gcm_id TEXT,
        apn_id TEXT,
        -- Which language its line speaks: 1 for protocol buffers, 0 for JSON.
        speaks_protobuf INTEGER NOT NULL DEFAULT 0,
        signed_key_id INTEGER,
        signed_key TEXT,
        signature TEXT,
        PRIMARY KEY (number, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE prekey (
        number TEXT NOT NULL,
        device INTEGER NOT NULL,
        id INTEGER NOT NULL,
        public_key TEXT NOT NULL,
        PRIMARY KEY (number, device, id),
        FOREIGN KEY (number, device) REFERENCES device ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      -- What waits for a device, in the order in which it came, until it is acknowledged.
      CREATE TABLE envelope (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        number TEXT NOT NULL,
        device INTEGER NOT NULL,
        type INTEGER NOT NULL,
        source TEXT NOT NULL,
        source_device INTEGER NOT NULL,
        relay TEXT,
        timestamp INTEGER NOT NULL,
        message BLOB,
        FOREIGN KEY (number, device) REFERENCES device ON DELETE CASCADE
      ) STRICT;
      CREATE INDEX envelope_by_device ON envelope (number, device, sequence);

      CREATE TABLE code (
        number TEXT NOT NULL,
        purpose TEXT NOT NULL,
        salt BLOB NOT NULL,
        hash BLOB NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (number, purpose)
      ) STRICT, WITHOUT ROWID;

      -- The bytes lie in a file; in memory they stand here.
      CREATE TABLE attachment (
        id INTEGER PRIMARY KEY,
        stored_at INTEGER NOT NULL,
        size INTEGER NOT NULL,
        bytes BLOB
      ) STRICT;

      -- Who is registered at which other relay, as those told last.
      CREATE TABLE peer_contact (
        relay TEXT NOT NULL,
        token BLOB NOT NULL,
        supports_sms INTEGER NOT NULL,
        PRIMARY KEY (token, relay)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE secret (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
  }
}
