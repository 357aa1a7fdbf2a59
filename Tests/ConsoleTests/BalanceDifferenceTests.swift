import Storage
import Testing

@testable import Accounts
@testable import TradingService

/// What of the balances is written again when they change.
@Suite struct BalanceDifferenceTests {
  private func balance(_ asset: String, _ total: String, at moment: Int64 = 1) -> BalanceRecord {
    BalanceRecord(asset: asset, total: total, locked: "0", at: moment)
  }

  @Test func isWhatChangedAndWhatIsGone() {
    let old = [balance("A", "1"), balance("B", "2"), balance("C", "3"), balance("D", "4")]
    let new = [balance("A", "1"), balance("B", "2", at: 2), balance("C", "5"), balance("E", "6")]
    let difference = BalanceDifference(from: old, to: new)
    #expect(difference.changed == [new[1], new[2], new[3]])
    #expect(difference.gone == ["D"])
    #expect(BalanceDifference(from: new, to: new) == BalanceDifference(from: [], to: []))
  }

  @Test func isNothingForAMarkThatIsNotStored() {
    var marked = balance("A", "1")
    marked.isUnreadable = true
    #expect(BalanceDifference(from: [balance("A", "1")], to: [marked]).changed == [])
  }

  @Test func leavesTheStoreAsTheWholeWould() async throws {
    let store = try Store.inMemory()
    let old = [balance("A", "1"), balance("B", "2"), balance("C", "3")]
    try await store.balances.replaceAll(old)
    let new = [balance("A", "1"), balance("C", "4"), balance("D", "5")]
    let difference = BalanceDifference(from: old, to: new)
    try await store.balances.update(difference.changed, removing: difference.gone)
    #expect(try await store.balances.all() == new)
  }
}
