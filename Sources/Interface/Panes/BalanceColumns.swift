import Domain
import Phrases
import ScreenState

/// Where the parts of a balance stand: asset and amount on the left, worth at the right edge, between
/// them what is locked and how the price went, as far as there is room.
struct BalanceColumns {
  let asset: Int
  let total: DecimalColumn
  /// Nil where nothing has a known worth, or there is no room for it.
  private(set) var worth: DecimalColumn?
  /// Whether worths are shown without their places.
  private var isWorthWhole = false
  /// Columns between amount and worth, the gap before the worth included.
  private(set) var between = 0
  /// Columns of the sparkline; 0 for none.
  private(set) var trend = 0
  /// Whether a row has room for both what is locked and the sparkline.
  private(set) var hasBoth = false

  /// The asset whose worth is its amount, where that is left out for lack of room.
  private var unworthy: String?

  /// Columns of the gap, and of the sign for a movement.
  private static let sign = 2

  var totalColumn: Int { 1 + asset + 2 }
  var worthWidth: Int { worth?.width ?? 0 }

  /// What to try, from the best on: both between amount and worth, or one of them, a shorter
  /// sparkline, no places of the worth, no worth of what is counted in, and so on.
  private struct Wish {
    var trend: Int
    var locked = true
    var both = false
    var worth: Bool? = true
    var own = true
  }

  private static let wishes = [
    Wish(trend: 8, both: true), Wish(trend: 5, both: true), Wish(trend: 8), Wish(trend: 5),
    Wish(trend: 5, worth: false),
    Wish(trend: 5, own: false), Wish(trend: 5, worth: false, own: false),
    Wish(trend: 5, locked: false), Wish(trend: 5, locked: false, worth: false),
    Wish(trend: 5, locked: false, own: false),
    Wish(trend: 5, locked: false, worth: false, own: false),
    Wish(trend: 0, locked: false), Wish(trend: 0, locked: false, worth: false),
    Wish(trend: 0, worth: nil), Wish(trend: 0, locked: false, worth: nil),
  ]

  /// - Parameters:
  ///   - counted: the asset in which worths are counted.
  ///   - width: of the pane without its edges.
  init(_ rows: ArraySlice<BalancesState.Row>, countedIn counted: String?, width: Int) {
    asset = min(8, rows.map { TextWidth.columns(of: $0.asset) }.max() ?? 0)
    let locked =
      rows.filter { !Amount.isZero($0.locked) }.map {
        TextWidth.columns(of: Phrase.locked.with(Amount.grouped($0.locked))) + 1
      }.max() ?? 0
    let worths = rows.compactMap(\.worth)
    let others = rows.filter { $0.asset != counted }.compactMap(\.worth)
    let hasTrend = rows.contains { !$0.trend.isEmpty }
    let room = max(0, width - asset - 2 - Self.sign)
    let totals = rows.map(\.total)
    let least = DecimalColumn.least(totals)
    for wish in Self.wishes {
      let trend = hasTrend ? wish.trend : 0
      let shownWorths = wish.own ? worths : others
      let worth =
        shownWorths.isEmpty
        ? nil
        : wish.worth.map {
          DecimalColumn($0 ? shownWorths : shownWorths.map(Self.whole), width: 20)
        }
      let (shown, graph) = (wish.locked ? locked : 0, trend > 0 ? trend + 1 : 0)
      let between = wish.both ? shown + graph : max(shown, graph)
      let rest = room - between - (worth.map { $0.width + 1 } ?? 0)
      guard rest >= least else { continue }
      total = DecimalColumn(totals, width: rest)
      (self.worth, isWorthWhole, self.trend) = (worth, wish.worth == false, trend)
      (self.between, hasBoth) = (between + rest - total.width, wish.both)
      unworthy = wish.own ? nil : counted
      return
    }
    total = DecimalColumn(totals, width: room)
  }

  /// What a balance is worth, in the column; empty where that is not known or not shown.
  func worthText(_ balance: BalancesState.Row) -> String {
    guard let column = worth, let worth = balance.worth, balance.asset != unworthy else {
      return ""
    }
    return column.text(isWorthWhole ? Self.whole(worth) : worth)
  }

  private static func whole(_ worth: String) -> String {
    let whole = worth.prefix { $0 != "." }
    return whole.allSatisfy { $0 == "0" || $0 == "-" } ? worth : String(whole)
  }
}
