import Database

/// How prices went, and which ones somebody waits for.
package struct PriceRepository: Sendable {
  /// Points that are kept of each pair: a day of one every five minutes.
  package static let depth = 288

  package let database: Database

  /// The last points of a pair, oldest first.
  package func points(_ sell: String, in buy: String) async throws(DatabaseError) -> [PricePoint] {
    try await database.read {
      try $0.query(
        "SELECT * FROM price_point WHERE sell = ? AND buy = ? ORDER BY at DESC LIMIT ?",
        [sell, buy, PriceRepository.depth])
    }.reversed()
  }

  /// Every point that is kept of prices in this asset, oldest first.
  package func points(in buy: String) async throws(DatabaseError) -> [PricePoint] {
    try await database.read {
      try $0.query("SELECT * FROM price_point WHERE buy = ? ORDER BY at", [buy])
    }
  }

  /// Keeps a point, and forgets the oldest of its pair. The next one is on its way: the disk is not
  /// waited for.
  package func save(_ point: PricePoint) async throws(DatabaseError) {
    try await database.write(surviving: .crash) { connection in
      try connection.execute(
        "INSERT OR REPLACE INTO price_point (sell, buy, at, price) VALUES (?, ?, ?, ?)",
        [point.sell, point.buy, point.at, point.price])
      try connection.execute(
        """
        DELETE FROM price_point WHERE sell = ?1 AND buy = ?2 AND at <= (
          SELECT at FROM price_point WHERE sell = ?1 AND buy = ?2 ORDER BY at DESC
          LIMIT 1 OFFSET ?3)
        """, [point.sell, point.buy, PriceRepository.depth])
    }
  }

  /// Every price that somebody waits for or has waited for, in the order of their making.
  package func alerts() async throws(DatabaseError) -> [PriceAlert] {
    try await database.read { try $0.query("SELECT * FROM price_alert ORDER BY id") }
  }

  /// Waits for a price from now on.
  package func add(
    sell: String, buy: String, _ direction: PriceAlert.Direction, price: String, at now: Int64
  ) async throws(DatabaseError) -> PriceAlert {
    try await database.write { connection in
      try connection.execute(
        """
        INSERT INTO price_alert (sell, buy, direction, price, created_at) VALUES (?, ?, ?, ?, ?)
        """, [sell, buy, direction, price, now])
      let made: PriceAlert? = try connection.first(
        "SELECT * FROM price_alert WHERE id = last_insert_rowid()")
      guard let made else { throw DatabaseError.corrupt("a price alert is gone at once") }
      return made
    }
  }

  /// Waits for it no more; false if there is none with this id.
  package func remove(alert id: Int) async throws(DatabaseError) -> Bool {
    try await database.write { connection in
      let known: PriceAlert? = try connection.first("SELECT * FROM price_alert WHERE id = ?", [id])
      try connection.execute("DELETE FROM price_alert WHERE id = ?", [id])
      return known != nil
    }
  }

  /// Notes that the price was reached; false if that was noted before.
  package func tell(alert id: Int, at now: Int64) async throws(DatabaseError) -> Bool {
    try await database.write { connection in
      let waiting: PriceAlert? = try connection.first(
        "SELECT * FROM price_alert WHERE id = ? AND told_at IS NULL", [id])
      try connection.execute("UPDATE price_alert SET told_at = ? WHERE id = ?", [now, id])
      return waiting != nil
    }
  }
}

extension Store {
  /// How prices went, and which ones somebody waits for.
  package var prices: PriceRepository { PriceRepository(database: database) }
}
