/// How a price went, or what everything is worth.
package struct ChartState: Sendable, Equatable {
  /// Heights are counted from 0, the lowest of all that is shown, to this, the highest.
  package static let top = 1000

  /// One price that was seen.
  package struct Point: Sendable, Equatable {
    /// Wall ms.
    package var at: Int64
    /// Its height.
    package var level: Int

    package init(at: Int64, level: Int) { (self.at, self.level) = (at, level) }
  }

  /// A swap that was filled while the price was seen.
  package struct Fill: Sendable, Equatable {
    /// Wall ms.
    package var at: Int64
    /// The asset came in; otherwise it went out.
    package var isBuy: Bool

    package init(at: Int64, isBuy: Bool) { (self.at, self.isBuy) = (at, isBuy) }
  }

  /// A price that is waited for.
  package struct Alert: Sendable, Equatable {
    /// Its height; nil where it is out of sight.
    package var level: Int?
    /// The price as it is shown.
    package var price: String
    /// It is waited for from below.
    package var isAbove: Bool

    package init(level: Int?, price: String, isAbove: Bool) {
      (self.level, self.price, self.isAbove) = (level, price, isAbove)
    }
  }

  /// `ETH in USDT`.
  package var title: String
  /// Oldest first; too few of them are no chart.
  package var points: [Point] = []
  /// The prices at the top, at the bottom, and now, as they are shown.
  package var prices: (high: String, low: String, last: String) = ("", "", "")
  /// From the first to the last: `−0.01 %`.
  package var change: String?
  /// Oldest first.
  package var fills: [Fill] = []
  /// Prices that are waited for.
  package var alerts: [Alert] = []
  /// The keys.
  package var hints: [Hint] = []

  package init(title: String) { self.title = title }

  package static func == (one: ChartState, other: ChartState) -> Bool {
    one.title == other.title && one.points == other.points && one.prices == other.prices
      && one.change == other.change && one.fills == other.fills && one.alerts == other.alerts
      && one.hints == other.hints
  }
}
