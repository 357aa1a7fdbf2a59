import Database

/// The tables of the relay's store. A released migration is never edited: the next one mends it.
enum RelaySchema {
  static let migrations = [Migration("accounts, keys, queues, attachments", begin)]

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
        fetches_messages INTEGER NOT NULL,
        gcm_id TEXT,
        apn_id TEXT,
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

      -- Sealed envelopes in the order in which they came, until they are acknowledged.
      CREATE TABLE envelope (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        number TEXT NOT NULL,
        device INTEGER NOT NULL,
        bytes BLOB NOT NULL,
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

      CREATE TABLE secret (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
  }
}
