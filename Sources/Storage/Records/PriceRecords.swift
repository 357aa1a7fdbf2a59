import Database

/// What one of an asset was worth at a moment.
package struct PricePoint: Sendable, Equatable {
  /// The name under which an account's total worth stands in the place of an asset.
  package static let total = "*"

  /// The asset, or `total`.
  package var sell: String
  /// In what it is counted.
  package var buy: String
  /// Wall-clock milliseconds.
  package var at: Int64
  /// Exact decimal text.
  package var price: String

  /// A price with these fields.
  package init(sell: String, buy: String, at: Int64, price: String) {
    self.sell = sell
    self.buy = buy
    self.at = at
    self.price = price
  }
}

/// A price that somebody waits for.
package struct PriceAlert: Sendable, Equatable, Identifiable {
  /// On which side of it the price is waited for.
  package enum Direction: String, Sendable, Codable, CaseIterable, DatabaseConvertible {
    /// At it or higher.
    case above
    /// At it or lower.
    case below
  }

  /// Counts up.
  package var id: Int
  /// The asset.
  package var sell: String
  /// In what its price is counted.
  package var buy: String
  /// On which side of the price.
  package var direction: Direction
  /// Exact decimal text.
  package var price: String
  /// Wall-clock milliseconds.
  package var createdAt: Int64
  /// When the price was reached and told, in wall-clock milliseconds; nil while it is waited for.
  package var toldAt: Int64?
}

extension PricePoint: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      sell: try row.get("sell"), buy: try row.get("buy"), at: try row.get("at"),
      price: try row.get("price"))
  }
}

extension PriceAlert: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      id: try row.get("id"), sell: try row.get("sell"), buy: try row.get("buy"),
      direction: try row.get("direction"), price: try row.get("price"),
      createdAt: try row.get("created_at"), toldAt: try row.get("told_at"))
  }
}
