import Domain
import Storage
import Testing

@testable import Accounts
@testable import Interface
@testable import ScreenState
@testable import ViewModels

@MainActor @Suite struct ChartTests {
  @Test("The line goes through its points, and nowhere else")
  func line() {
    let points = [(0, 0), (50, 1000), (100, 500)].map { ChartState.Point(at: $0.0, level: $0.1) }
    let graph = LineGraph(points, size: Size(columns: 10, rows: 4))
    #expect(graph.glyph(0, 3) != nil, "the lowest at the bottom left")
    #expect(graph.row(of: 1000) == 0 && graph.row(of: 0) == 3)
    #expect(graph.glyph(4, 0) != nil, "the highest in the middle")
    #expect(graph.glyph(9, 0) == nil && graph.glyph(0, 0) == nil)
    #expect(graph.row(ofLineIn: 9) == 1)
    // In blocks it is filled below.
    #expect(graph.block(4, 3) == Glyph("█") && graph.block(0, 0) == nil)
    let flat = LineGraph([.init(at: 5, level: 500)], size: Size(columns: 3, rows: 1))
    #expect((0..<3).count { flat.glyph($0, 0) != nil } == 1)
  }

  /// A desk with two hours of prices, a swap among them, and a price that is waited for.
  static func desk() async throws -> Scene {
    let scene = try await Scene(isSandbox: true) { store in
      try await store.fillScene()
      for step in 0..<48 {
        let wave = [0, 9, 14, 12, 4, -6, -13, -15, -8, 1, 8, 10][step % 12]
        let at = Sample.ago(minutes: Int64(120 - step * 2 - step / 2))
        try await store.prices.save(
          PricePoint(sell: "ETH", buy: "USDT", at: at, price: "\(2160 + wave + step / 4).5"))
        try await store.prices.save(
          PricePoint(sell: PricePoint.total, buy: "USDT", at: at, price: "\(7100 + wave * 3)"))
      }
      _ = try await store.prices.add(
        sell: "ETH", buy: "USDT", .above, price: "2175", at: Sample.now)
      _ = try await store.prices.add(
        sell: "ETH", buy: "USDT", .below, price: "2000", at: Sample.now)
    }
    await scene.opened("max:1")
    scene.model.focus(.balances)
    await scene.press(.down)
    return scene
  }

  @Test("A key on a balance shows how its price went; arrows lead to the others")
  func chart() async throws {
    let scene = try await Self.desk()
    await scene.press(.character("c"))
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
      try Golden.expect(
        ScreenLayout(scene.screen).canvas(Size(columns: columns, rows: rows)),
        "chart-\(columns)x\(rows)")
    }
    guard case .chart(let price)? = scene.screen.dialog else {
      Issue.record("no chart")
      return
    }
    #expect(price.title == "ETH IN USDT")
    #expect(price.fills.map(\.isBuy) == [false])
    #expect(price.alerts.map(\.price) == ["2 175.00", "2 000.00"])
    #expect(price.alerts.map { $0.level != nil } == [true, false])
    #expect(price.points.map(\.level).min() == 0 && price.points.map(\.level).max() == 1000)
    await scene.press(.right)
    guard case .chart(let worth)? = scene.screen.dialog else { return }
    #expect(worth.title == "EVERYTHING IN USDT")
    #expect(worth.alerts.isEmpty && worth.fills.isEmpty)
    await scene.press(.escape)
    #expect(scene.screen.dialog == nil)
  }

  @Test("Every size and state of a chart is drawn within its place")
  func sizes() {
    var state = ChartState(title: "X")
    state.points = (0..<300).map { .init(at: Int64($0) * 300_000, level: $0 * 37 % 1001) }
    state.prices = ("123 456.789", "0.000001", "5.00")
    state.fills = [.init(at: 0, isBuy: true), .init(at: 89_700_000, isBuy: false)]
    state.alerts = [.init(level: 0, price: "1.00", isAbove: true)]
    let moment = RenderClock(now: 90_000_000, zone: .utc)
    for width in 1...90 {
      for rows in 1...20 {
        let canvas = ChartDialog(state: state, moment: moment).content(width: width, rows: rows)
        #expect(canvas.size.columns <= width && canvas.size.rows <= max(rows, 4))
      }
    }
  }
}
