import Database

/// What one of an asset was worth at a moment.
public struct PricePoint: Sendable, Equatable {
  /// The name under which an account's total worth stands in the place of an asset.
  public static let total = "*"

  /// The asset, or `total`.
  public var sell: String
  /// In what it is counted.
  public var buy: String
  /// Wall-clock milliseconds.
  public var at: Int64
  /// Exact decimal text.
  public var price: String

  /// A price with these fields.
  public init(sell: String, buy: String, at: Int64, price: String) {
    self.sell = sell
    self.buy = buy
    self.at = at
    self.price = price
  }
}

/// A price that somebody waits for.
public struct PriceAlert: Sendable, Equatable, Identifiable {
  /// On which side of it the price is waited for.
  public enum Direction: String, Sendable, Codable, CaseIterable, DatabaseConvertible {
    /// At it or higher.
    case above
    /// At it or lower.
    case below
  }

  /// Counts up.
  public var id: Int
  /// The asset.
  public var sell: String
  /// In what its price is counted.
  public var buy: String
  /// On which side of the price.
  public var direction: Direction
  /// Exact decimal text.
  public var price: String
  /// Wall-clock milliseconds.
  public var createdAt: Int64
  /// When the price was reached and told, in wall-clock milliseconds; nil while it is waited for.
  public var toldAt: Int64?
}

extension PricePoint: RowDecodable {
  public init(row: borrowing Row) throws {
    self.init(
      sell: try row.get("sell"), buy: try row.get("buy"), at: try row.get("at"),
      price: try row.get("price"))
  }
}

extension PriceAlert: RowDecodable {
  public init(row: borrowing Row) throws {
    self.init(
      id: try row.get("id"), sell: try row.get("sell"), buy: try row.get("buy"),
      direction: try row.get("direction"), price: try row.get("price"),
      createdAt: try row.get("created_at"), toldAt: try row.get("told_at"))
  }
}
