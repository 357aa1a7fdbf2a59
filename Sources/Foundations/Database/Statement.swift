import CSQLite

/// A prepared statement. It belongs to one connection and is used by one caller at a time.
final class Statement {
  /// Whether running it leaves the database as it was.
  let isReadOnly: Bool
  private let handle: OpaquePointer
  private let connection: OpaquePointer
  private let layer: SealingLayer?
  private let columns: [String: Int32]

  /// Compiles the one statement in `sql`.
  init(
    _ sql: String, on connection: OpaquePointer, layer: SealingLayer?
  ) throws(DatabaseError) {
    var prepared: OpaquePointer?
    var rest = ""
    let code = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(
        connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
      if let tail { rest = String(cString: tail) }
      return code
    }
    guard code == SQLITE_OK else {
      throw DatabaseError(code: code, connection: connection, layer: layer)
    }
    guard let handle = prepared, rest.allSatisfy(\.isWhitespace) else {
      sqlite3_finalize(prepared)
      throw .failed(code: SQLITE_MISUSE, "not exactly one statement: \(sql)")
    }
    self.handle = handle
    self.connection = connection
    self.layer = layer
    isReadOnly = sqlite3_stmt_readonly(handle) != 0
    var columns: [String: Int32] = [:]
    for index in 0..<sqlite3_column_count(handle) {
      if let name = sqlite3_column_name(handle, index) { columns[String(cString: name)] = index }
    }
    self.columns = columns
  }

  deinit { sqlite3_finalize(handle) }

  /// Gives every parameter of the statement its value, in order.
  func bind(_ arguments: [any DatabaseConvertible]) throws(DatabaseError) {
    let expected = Int(sqlite3_bind_parameter_count(handle))
    guard arguments.count == expected else {
      throw .failed(code: SQLITE_MISUSE, "\(arguments.count) arguments for \(expected) parameters")
    }
    for (index, argument) in arguments.enumerated() {
      let code = bind(argument.databaseValue, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
  }

  /// Moves to the next row; false when there is none.
  func step() throws(DatabaseError) -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure(code)
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(code: code, connection: connection, layer: layer)
  }

  /// Makes the statement ready to run again and lets go of the values bound to it.
  func reset() {
    // The result repeats the error of the last step, which has been thrown already.
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// The current row's value in the column of this name; nil if there is no such column.
  func value(of column: String) -> DatabaseValue? {
    guard let index = columns[column] else { return nil }
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_TEXT:
      // The pointer is asked for before the length, as SQLite's manual wants it.
      let start = sqlite3_column_text(handle, index)
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(handle, index)
      let count = Int(sqlite3_column_bytes(handle, index))
      return .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
    default: return .null
    }
  }

  private func bind(_ value: DatabaseValue, at index: Int32) -> Int32 {
    // SQLite's SQLITE_TRANSIENT, a macro Swift cannot import: "copy the bytes before returning".
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .real(let number): return sqlite3_bind_double(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          guard let start = characters.baseAddress else {
            return sqlite3_bind_text(handle, index, "", 0, copied)
          }
          return sqlite3_bind_text64(
            handle, index, start, UInt64(characters.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      // A nil pointer would bind NULL, and an empty array may give one.
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
      return sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), copied)
    }
  }
}

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
