/// Whose names the server was asked for: a question that was answered, or was not, is not asked again
/// with every message of somebody whom nobody has introduced.
struct NameLookups {
  /// Until somebody is asked after again. A login asks anew for all.
  static let patience: Duration = .seconds(600)
  /// More people than this in so short a time are a flood: then all of them wait.
  private static let limit = 10_000

  private var asked: [Int64: Duration] = [:]

  /// Those of `people` who have not been asked after of late, in order; they are asked after now.
  mutating func new(among people: Set<Int64>, at now: Duration) -> [Int64] {
    if asked.count >= NameLookups.limit {
      asked = asked.filter { now - $0.value < NameLookups.patience }
    }
    let new = people.filter { person in
      asked[person].map { now - $0 >= NameLookups.patience } ?? true
    }
    let allowed = new.sorted().prefix(max(0, NameLookups.limit - asked.count))
    for person in allowed { asked[person] = now }
    return Array(allowed)
  }

  /// They could not be asked after.
  mutating func forget(_ people: [Int64]) {
    for person in people { asked[person] = nil }
  }
}
