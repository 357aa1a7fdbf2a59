/// How SQLite means to find the rows of a statement: what a test asks, so that nothing that a person
/// waits for reads a whole table.
public struct QueryPlan: Sendable, Equatable {
  /// The statement.
  public let statement: String
  /// What SQLite says, a line for each table: `SCAN message`, `SEARCH chat USING INDEX …`.
  public let steps: [String]
  /// Indexes that hold some of a table's rows alone: reading all of one is no reading of the table.
  let partialIndexes: Set<String>

  /// Whether the statement reads every row of a table.
  ///
  /// It does not if it reads them in the order of an index and stops after a number of them.
  public func scans(_ table: String) -> Bool {
    let words = statement.uppercased()
    let stops = words.contains("LIMIT") && !words.contains("WHERE")
    return steps.contains { step in
      let parts = step.split(separator: " ")
      guard parts.starts(with: ["SCAN", table[...]]) else { return false }
      guard let place = parts.firstIndex(of: "INDEX"), place + 1 < parts.count else { return true }
      return !stops && !partialIndexes.contains(String(parts[place + 1]))
    }
  }
}

extension Connection {
  /// The plan of a statement; nil for one that reads no tables.
  func plan(of sql: String) throws(DatabaseError) -> QueryPlan? {
    guard ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(where: sql.hasPrefix) else {
      return nil
    }
    let statement = try prepare("EXPLAIN QUERY PLAN " + sql)
    var steps: [String] = []
    while try statement.step() {
      if case .text(let step)? = statement.value(of: "detail") { steps.append(step) }
    }
    let partial = try prepare("SELECT name FROM pragma_index_list(?) WHERE partial")
    var indexes: Set<String> = []
    for table in Set(steps.compactMap { $0.split(separator: " ").dropFirst().first }) {
      try partial.bind([String(table)])
      while try partial.step() {
        if case .text(let name)? = partial.value(of: "name") { indexes.insert(name) }
      }
      partial.reset()
    }
    return QueryPlan(statement: sql, steps: steps, partialIndexes: indexes)
  }
}
