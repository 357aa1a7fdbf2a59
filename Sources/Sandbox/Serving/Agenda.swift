/// What a server will do at which time of the uptime clock, earliest first.
///
/// One alarm serves the whole list. What falls due while the clock leaps happens in order, each
/// item at its own time, so a run does not depend on how finely the clock moves.
struct Agenda<Item: Sendable>: Sendable {
  struct Entry: Sendable {
    let time: Duration
    let item: Item
  }

  /// Latest first, so that taking the earliest is cheap.
  private var entries: [Entry] = []

  /// The time of the earliest entry.
  var next: Duration? { entries.last?.time }

  /// Adds `item`; of entries with the same time the one added first happens first.
  mutating func add(_ item: Item, at time: Duration) {
    let index = entries.firstIndex { $0.time <= time } ?? entries.endIndex
    entries.insert(Entry(time: time, item: item), at: index)
  }

  /// Takes the earliest entry if its time has come.
  mutating func takeDue(at now: Duration) -> Entry? {
    guard let entry = entries.last, entry.time <= now else { return nil }
    return entries.removeLast()
  }

  /// Drops every entry for which `condition` holds.
  mutating func remove(where condition: (Item) -> Bool) {
    entries.removeAll { condition($0.item) }
  }
}
