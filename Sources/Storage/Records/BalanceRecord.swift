import Domain

/// What an account holds of one asset. Amounts are the server's text, digit for digit.
package struct BalanceRecord: Sendable, Equatable {
  /// The server's name of the asset.
  package var asset: String
  /// All of it, what is locked included.
  package var total: String
  /// What orders hold.
  package var locked: String
  /// When it was received, in wall-clock milliseconds since 1970.
  package var at: Int64
  /// Whether what the server said last could not be read, so that these amounts are older; not stored.
  package var isUnreadable: Bool

  /// A balance with these fields.
  package init(
    asset: String, total: String, locked: String, at: Int64, isUnreadable: Bool = false
  ) {
    self.asset = asset
    self.total = total
    self.locked = locked
    self.at = at
    self.isUnreadable = isUnreadable
  }
}

extension BalanceRecord {
  /// Total minus locked, exactly; the total itself when the server's numbers cannot be read.
  package var available: String {
    guard let total = Amount(serverText: total), let locked = Amount(serverText: locked) else {
      return total
    }
    return (total - locked).plainText
  }
}
