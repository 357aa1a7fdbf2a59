import Database

extension Schema {
  /// What the trading account holds, its orders, and the journal of what was done with them.
  @Sendable static func trading(_ connection: Connection) throws {
    try connection.run(
      """
      CREATE TABLE balance (
        asset TEXT PRIMARY KEY,
        total TEXT NOT NULL,
        locked TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE swap_order (
        client_order_id TEXT PRIMARY KEY,
        order_id TEXT,
        status TEXT NOT NULL,
        sell TEXT NOT NULL,
        buy TEXT NOT NULL,
        amount TEXT NOT NULL,
        slippage_bps INTEGER NOT NULL,
        filter TEXT NOT NULL,
        expected_out TEXT,
        price TEXT,
        filled_out TEXT,
        tx_hash TEXT,
        reason TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER
      ) STRICT;
      CREATE INDEX swap_order_by_time ON swap_order (created_at);
      CREATE INDEX swap_order_by_id ON swap_order (order_id) WHERE order_id IS NOT NULL;

      CREATE TABLE journal (
        sequence INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        client_order_id TEXT,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      CREATE INDEX journal_by_order ON journal (client_order_id) WHERE client_order_id IS NOT NULL;
      CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
      CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
      -- A replacing insertion deletes without the trigger above.
      CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
        WHEN NEW.sequence IS NOT (SELECT count + 1 FROM journal_head)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

      -- One row: how long the journal is and where its chain ends.
      CREATE TABLE journal_head (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        count INTEGER NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      INSERT INTO journal_head VALUES (1, 0, '\(JournalChain.origin)');
      """)
  }

  /// What was told of orders, how prices went, and what to tell of them.
  @Sendable static func marketWatch(_ connection: Connection) throws {
    try connection.run(
      """
      -- Each event of an order is told once, however often its server repeats it.
      CREATE TABLE order_alert (
        client_order_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (client_order_id, kind)
      ) STRICT, WITHOUT ROWID;

      -- How much of `buy` one of `sell` was worth; the total of an account stands under `*`.
      CREATE TABLE price_point (
        sell TEXT NOT NULL,
        buy TEXT NOT NULL,
        at INTEGER NOT NULL,
        price TEXT NOT NULL,
        PRIMARY KEY (sell, buy, at)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE price_alert (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sell TEXT NOT NULL,
        buy TEXT NOT NULL,
        direction TEXT NOT NULL,
        price TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        told_at INTEGER
      ) STRICT;
      """)
  }
}
