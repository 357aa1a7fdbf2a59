import Database

extension Schema {
  /// What was told of orders, how prices went, and what to tell of them.
  @Sendable static func desk(_ connection: Connection) throws {
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
