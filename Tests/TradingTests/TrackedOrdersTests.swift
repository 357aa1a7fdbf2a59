import Domain
import Testing

@testable import Trading

@Suite struct TrackedOrdersTests {
  func open(_ id: String) -> OrderState { OrderState(orderId: id, status: .pending) }

  func update(_ id: String, _ status: OrderStatus, at time: Int64 = 1) -> OrderUpdate {
    OrderUpdate(orderId: id, status: status, updatedAt: time)
  }

  /// Does all steps as a server that says yes would.
  func workOff(_ book: inout TrackedOrders) -> [TrackedOrders.Step] {
    var steps: [TrackedOrders.Step] = []
    while let step = book.nextStep() {
      steps.append(step)
      switch step {
      case .subscribe(let id): book.subscribed(id)
      case .unsubscribe(let id): book.unsubscribed(id)
      case .ask(let id): book.asked(id, now: .zero)
      }
    }
    return steps
  }

  @Test func asksAfterSubscribing() {
    var book = TrackedOrders()
    _ = book.follow(open("a"), now: .zero)
    #expect(workOff(&book) == [.subscribe("a"), .ask("a")])
    #expect(book.nextStep() == nil)
  }

  @Test func givesAwayTheChannelOfAFinishedOrder() {
    var book = TrackedOrders()
    for n in 100..<160 { _ = book.follow(open("o\(n)"), now: .zero) }
    _ = workOff(&book)
    #expect(book.subscriptions == 49)
    #expect(book.polled == 11)
    _ = book.apply(update("o100", .filled), confirmed: false, now: .zero)
    #expect(workOff(&book) == [.unsubscribe("o100"), .subscribe("o149"), .ask("o149")])
    #expect(book.subscriptions == 49)
  }

  @Test func startsAgainOnANewConnection() {
    var book = TrackedOrders()
    _ = book.follow(open("a"), now: .zero)
    _ = workOff(&book)
    book.forgetConnection()
    #expect(workOff(&book) == [.subscribe("a"), .ask("a")])
  }

  @Test func keepsTheUpdateThatCameTooEarly() {
    var book = TrackedOrders()
    let early = update("a", .filled)
    #expect(book.apply(early, confirmed: false, now: .seconds(1)) == nil)
    #expect(book.follow(open("a"), now: .seconds(5)) == early)
    #expect(book.apply(update("b", .filled), confirmed: false, now: .seconds(1)) == nil)
    #expect(book.follow(open("b"), now: .seconds(12)) == nil, "too old")
  }

  @Test func keepsOnlySoManyEarlyUpdates() {
    var book = TrackedOrders()
    for n in 0..<1000 { _ = book.apply(update("\(n)", .filled), confirmed: false, now: .zero) }
    #expect(book.follow(open("63"), now: .zero) != nil)
    #expect(book.follow(open("64"), now: .zero) == nil)
  }

  @Test func asksMoreOftenWithoutAChannel() throws {
    var book = TrackedOrders()
    _ = book.follow(open("a"), now: .zero)
    _ = book.follow(open("b"), now: .zero)
    book.subscribed("a")
    book.refused("b")
    _ = book.apply(update("a", .processing), confirmed: false, now: .zero)
    let first = try #require(book.nextPoll(now: .seconds(1)))
    #expect(first.id == "b")
    #expect(first.wait == .seconds(4))
    book.asked("b", now: .seconds(8))
    let second = try #require(book.nextPoll(now: .seconds(8)))
    #expect(second.id == "a")
    #expect(second.wait == .seconds(2))
    _ = book.apply(update("a", .failed), confirmed: false, now: .seconds(9))
    _ = book.apply(update("b", .filled), confirmed: false, now: .seconds(9))
    let third = try #require(book.nextPoll(now: .seconds(9)))
    #expect(third.id == "b" && third.wait == .seconds(5), "it lacks its amount")
    let whole = OrderUpdate(
      orderId: "b", status: .filled, filledOut: Amount(serverText: "1"), txHash: "0xab",
      updatedAt: 9_000_000)
    _ = book.apply(whole, confirmed: false, now: .seconds(9))
    #expect(book.nextPoll(now: .seconds(9)) == nil, "nothing is open any more")
  }

  @Test func asksSeldomWhilePushesCome() throws {
    var book = TrackedOrders()
    _ = book.follow(open("a"), now: .zero)
    book.subscribed("a")
    book.asked("a", now: .zero)
    _ = book.apply(update("a", .processing), confirmed: false, now: .seconds(2))
    book.notePush(now: .seconds(2))
    #expect(try #require(book.nextPoll(now: .seconds(3))).wait == .seconds(14))
    var now: Duration = .seconds(17)
    for pause in [30, 60, 120, 120] {
      book.asked("a", now: now)
      book.notePush(now: now)
      #expect(try #require(book.nextPoll(now: now)).wait == .seconds(pause))
      now += .seconds(pause)
    }
    book.asked("a", now: now)
    #expect(try #require(book.nextPoll(now: now)).wait == .seconds(10), "silent for a minute")
    book.forgetConnection()
    #expect(book.nextStep() == .subscribe("a"))
  }

  @Test func asksSoonWhereTheChannelSaysNothing() throws {
    var book = TrackedOrders()
    _ = book.follow(open("a"), now: .zero)
    book.subscribed("a")
    book.asked("a", now: .zero)
    var now: Duration = .zero
    for pause in [2, 4, 8, 15, 15, 15] {
      // Balances are pushed all the time.
      book.notePush(now: now)
      #expect(try #require(book.nextPoll(now: now)).wait == .seconds(pause))
      now += .seconds(pause)
      book.asked("a", now: now)
    }
    for _ in 0..<20 { book.asked("a", now: now) }
    book.notePush(now: now)
    #expect(try #require(book.nextPoll(now: now)).wait == .seconds(120), "it takes its time")
  }

  @Test func forgetsOldFinishedOrders() {
    var book = TrackedOrders()
    for n in 0..<1500 {
      _ = book.follow(OrderState(orderId: "\(n)", status: .filled), now: .zero)
    }
    #expect(book.entries.count == 1000)
  }
}
