/// A selected row of a list that changes under it: it stays on its row, not on its number.
struct Selection: Equatable {
  private(set) var id: String?

  /// How far keys move.
  enum Step: Sendable, Equatable {
    case by(Int), first, last

    /// The row that it leads to from another one of `count`.
    func target(from index: Int, of count: Int) -> Int {
      let target =
        switch self {
        case .by(let rows): index + rows
        case .first: 0
        case .last: count - 1
        }
      return min(max(target, 0), count - 1)
    }
  }

  /// The selected row's index among `ids`; the first row when the selected one is gone.
  func index(in ids: some RandomAccessCollection<String>) -> Int? {
    guard !ids.isEmpty else { return nil }
    guard let id, let place = ids.firstIndex(of: id) else { return 0 }
    return ids.distance(from: ids.startIndex, to: place)
  }

  mutating func move(_ step: Step, in ids: some RandomAccessCollection<String>) {
    guard let index = index(in: ids) else { return }
    id = ids[ids.index(ids.startIndex, offsetBy: step.target(from: index, of: ids.count))]
  }

  mutating func select(_ id: String?) { self.id = id }
}
