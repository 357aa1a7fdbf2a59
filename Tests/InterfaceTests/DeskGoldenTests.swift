import Storage
import Testing
import TradingService

@testable import Accounts
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Prices that are waited for, and calls in groups.
@MainActor @Suite struct DeskGoldenTests {
  private static let sizes = [
    Size(columns: 40, rows: 12), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
    Size(columns: 200, rows: 60),
  ]

  private func expect(
    _ state: ScreenState, _ name: String, sizes: [Size] = DeskGoldenTests.sizes
  ) throws {
    for size in sizes {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  /// A desk that knows a price of ETH.
  private func desk() async throws -> Scene {
    let scene = try await Scene.inUse()
    scene.model.focus(.balances)
    await scene.show(
      .price(PricePoint(sell: "ETH", buy: "USDT", at: Sample.now, price: "2163.785")))
    await scene.press(.down)
    return scene
  }

  @Test func anAlertSaysThePriceNow() async throws {
    let scene = try await desk()
    await scene.press(.character("p"), .tab, .tab, .tab)
    await scene.type("2100")
    try expect(scene.screen, "alert")
    guard case .form(let form)? = scene.screen.dialog else {
      Issue.record("no form")
      return
    }
    #expect(form.note == "Now 2 163.78 USDT: true already.")
    // The other side of it is not reached.
    await scene.press(.backTab, .right)
    guard case .form(let other)? = scene.screen.dialog else { return }
    #expect(other.note == "Now 2 163.78 USDT.")
  }

  @Test func alertsAreListedAndRemoved() async throws {
    let scene = try await desk()
    _ = try await scene.store.prices.add(
      sell: "ETH", buy: "USDT", .above, price: "2200", at: Sample.now)
    let told = try await scene.store.prices.add(
      sell: "BTC", buy: "USDT", .below, price: "60000.5", at: Sample.now)
    _ = try await scene.store.prices.tell(alert: told.id, at: Sample.ago(minutes: 20))
    await scene.press(.character("P"))
    try expect(scene.screen, "alerts")
    await scene.press(.enter)
    #expect(try await scene.store.prices.alerts().map(\.id) == [told.id])
    #expect(scene.screen.notices.last?.text == "Removed: ETH above 2 200 USDT")
    await scene.press(.enter, .enter)
    guard case .form? = scene.screen.dialog else {
      Issue.record("the last one makes a new alert")
      return
    }
  }

  @Test func aCallNamesItsGroup() async throws {
    let scene = try await Scene.inUse()
    var call = Sample.ringing
    call.groupName = "Дача 2026"
    await scene.show(.call(call))
    scene.model.focus(.calls)
    try expect(scene.screen, "ring-group")
    call.state = .declined
    await scene.show(.call(call))
    #expect(scene.screen.ring == nil)
    #expect(scene.screen.notices.last?.text == "Declined Павел's call in Дача 2026.")
  }
}
