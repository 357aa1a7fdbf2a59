/// A selected row of a list that changes under it: it stays on its row, not on its number.
struct Selection: Equatable {
  private(set) var id: String?

  /// How far keys move.
  enum Step: Sendable, Equatable { case by(Int), first, last }

  /// The selected row's index among `ids`; the first row when the selected one is gone.
  func index(in ids: [String]) -> Int? {
    guard !ids.isEmpty else { return nil }
    return id.flatMap { ids.firstIndex(of: $0) } ?? 0
  }

  mutating func move(_ step: Step, in ids: [String]) {
    guard let index = index(in: ids) else { return }
    let target =
      switch step {
      case .by(let rows): index + rows
      case .first: 0
      case .last: ids.count - 1
      }
    id = ids[min(max(target, 0), ids.count - 1)]
  }

  mutating func select(_ id: String?) { self.id = id }
}
