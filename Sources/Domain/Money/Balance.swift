/// What the account holds of one asset (seed 001, Get Balances).
public struct Balance: Sendable, Equatable, Codable {
  /// The server's name of the asset.
  public var asset: String
  /// All of it, what is locked included.
  public var total: Amount
  /// The part that is bound in open orders.
  public var locked: Amount

  /// A balance with these fields.
  public init(asset: String, total: Amount, locked: Amount) {
    self.asset = asset
    self.total = total
    self.locked = locked
  }

  /// `total − locked`: an inference, no document says so. It may come out negative, see
  /// `isInconsistent`.
  public var available: Amount { total - locked }

  /// Whether the server locks more than there is, which a screen should show and not hide.
  public var isInconsistent: Bool { available.isNegative }
}
