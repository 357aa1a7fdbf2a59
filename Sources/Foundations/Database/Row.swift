/// One row of a result, valid while the closure it is lent to runs.
public struct Row: ~Copyable {
  let statement: Statement

  /// The value in the column of this name.
  ///
  /// Throws `DatabaseError.unreadable` if there is no such column or its value is of another type;
  /// ask for an optional where NULL is allowed.
  public func get<T: DatabaseConvertible>(
    _ column: String, as type: T.Type = T.self
  ) throws(DatabaseError) -> T {
    guard let stored = statement.value(of: column) else {
      throw .unreadable(column: column, reason: "no such column")
    }
    guard let value = T(databaseValue: stored) else {
      throw .unreadable(column: column, reason: "\(stored.kind) is no \(T.self)")
    }
    return value
  }
}

/// A type that is made from a row.
public protocol RowDecodable {
  init(row: borrowing Row) throws
}

extension DatabaseValue {
  /// The kind alone: an error text must not carry what people wrote.
  fileprivate var kind: String {
    switch self {
    case .null: "NULL"
    case .integer: "this integer"
    case .real: "this real number"
    case .text: "this text"
    case .blob: "this blob"
    }
  }
}
