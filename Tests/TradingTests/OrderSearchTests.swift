import Testing

@testable import Trading

@Suite struct OrderSearchTests {
  private var search: OrderSearch { OrderSearch(OrderState(status: .unknown), now: .zero) }

  @Test func asksLessAndLess() {
    var search = search
    var moments: [Duration] = []
    while moments.count < 9 {
      moments.append(search.next)
      search.asked(at: search.next)
    }
    #expect(moments == [0, 5, 15, 30, 45, 75, 135, 255, 375].map { .seconds($0) })
  }

  /// Whether each denial, in seconds, makes the order lost.
  private func verdicts(_ seconds: [Int]) -> [Bool] {
    var search = search
    return seconds.map { search.denied(at: .seconds($0)) }
  }

  @Test func believesThreeDenialsOverHalfAMinute() {
    let verdicts = verdicts([1, 2, 3, 30, 31, 60])
    #expect(verdicts == [false, false, false, false, true, false], "and says so once")
  }

  @Test func twoDenialsAreNotEnough() {
    #expect(verdicts([0, 300, 301]) == [false, false, true])
  }
}
