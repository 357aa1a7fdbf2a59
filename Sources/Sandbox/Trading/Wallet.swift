/// What an account owns and what of it is tied up in open orders.
struct Wallet: Sendable, Codable {
  /// One asset as the trading document writes it, in the operation and on the channel.
  struct Balance: Sendable, Codable {
    let asset: String
    var total: Amount
    var locked: Amount

    var available: Amount { total - locked }
  }

  private(set) var balances: [Balance] = []

  /// The trading document's own example.
  init() {
    for (asset, total, locked) in [
      ("USDT", "101.23", "0"), ("ETH", "2.6", "0.4"), ("BTC", "0.11", "0"),
    ] {
      guard let total = Amount(total), let locked = Amount(locked) else { continue }
      balances.append(Balance(asset: asset, total: total, locked: locked))
    }
  }

  /// Ties up `amount`; false and no change if less is available.
  mutating func lock(_ amount: Amount, of asset: String) -> Bool {
    guard let index = index(of: asset), balances[index].available >= amount else { return false }
    balances[index].locked = balances[index].locked + amount
    return true
  }

  /// Gives back what an order tied up; with `spending` it leaves the account.
  mutating func release(_ amount: Amount, of asset: String, spending: Bool) {
    guard let index = index(of: asset) else { return }
    balances[index].locked = balances[index].locked - amount
    if spending { balances[index].total = balances[index].total - amount }
  }

  mutating func deposit(_ amount: Amount, of asset: String) {
    if let index = index(of: asset) {
      balances[index].total = balances[index].total + amount
    } else {
      balances.append(Balance(asset: asset, total: amount, locked: .zero))
    }
  }

  /// Takes a fee, but never more than is available.
  mutating func charge(_ amount: Amount, of asset: String) {
    guard let index = index(of: asset), balances[index].available >= amount else { return }
    balances[index].total = balances[index].total - amount
  }

  private func index(of asset: String) -> Int? {
    balances.firstIndex { $0.asset == asset }
  }
}
