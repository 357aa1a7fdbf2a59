import Storage
import Trading

extension BalanceRecord {
  /// Total minus locked, exactly; the total itself when the server's numbers cannot be read.
  package var available: String {
    guard let total = Amount(serverText: total), let locked = Amount(serverText: locked) else {
      return total
    }
    return (total - locked).plainText
  }
}
