import CSQLite

/// An open database inside a transaction: run statements, read rows.
///
/// It is lent to the closures of `Database.read` and `Database.write` and cannot leave them.
public final class Connection {
  enum Transaction: String {
    /// Sees one state of the database and may not change it.
    case deferred = "BEGIN DEFERRED"
    /// Takes the write lock at once, so that it cannot fail for it half-way.
    case immediate = "BEGIN IMMEDIATE"
  }

  private static let statementsKept = 128

  private let handle: OpaquePointer
  private var statements: [StatementText: Statement] = [:]
  private var isReading = false
  /// What a commit waits for; nil before that was said.
  var durability: Durability?
  /// Hears of the plan of each statement that is new to this connection.
  var audit: Database.Audit?
  /// Through what a sealed database is read and written; nil for one in the open.
  private let layer: SealingLayer?

  /// - Parameters:
  ///   - key: opens a sealed database; without one it is in the open.
  ///   - below: the name of SQLite's file layer that holds the files; nil for the system's.
  init(
    path: String, key: DatabaseKey? = nil, below: String? = nil, busyTimeout: Int32
  ) throws(DatabaseError) {
    let layer = if let key { try SealingLayer(key, below: below) } else { SealingLayer?.none }
    var opened: OpaquePointer?
    // The actor above lets one caller in at a time: SQLite's own mutexes would only cost.
    let flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
    let code = sqlite3_open_v2(path, &opened, flags, layer?.name ?? below)
    guard code == SQLITE_OK, let opened else {
      let reason = DatabaseError(code: code, connection: opened).message
      sqlite3_close_v2(opened)
      throw .inaccessible(path: path, reason: reason)
    }
    handle = opened
    self.layer = layer
    if layer != nil { leaveRoomForSeals() }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, busyTimeout)
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// A new database leaves room for nonce and tag at the end of each page; one that is there has it.
  func leaveRoomForSeals() {
    var count = Int32(PageCipher.reserve)
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &count)
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(code: code, connection: handle, layer: layer)
  }

  /// Rows that the last `execute` inserted, changed or deleted.
  public var changes: Int { Int(sqlite3_changes64(handle)) }

  /// The row id of the last insertion.
  public var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Runs one statement, with a value for each `?` in it.
  public func execute(
    _ sql: String, _ arguments: [any DatabaseConvertible] = []
  ) throws(DatabaseError) {
    let statement = try borrow(sql)
    defer { giveBack(statement, sql) }
    try statement.bind(arguments)
    while try statement.step() {}
  }

  /// Every row that one statement gives, mapped.
  public func query<T>(
    _ sql: String, _ arguments: [any DatabaseConvertible] = [], map: (borrowing Row) throws -> T
  ) throws(DatabaseError) -> [T] {
    var rows: [T] = []
    try forEach(sql, arguments) { row in
      rows.append(try map(row))
      return true
    }
    return rows
  }

  /// Every row that one statement gives, as records.
  public func query<T: RowDecodable>(
    _ sql: String, _ arguments: [any DatabaseConvertible] = [], as type: T.Type = T.self
  ) throws(DatabaseError) -> [T] {
    try query(sql, arguments) { try T(row: $0) }
  }

  /// The first row that one statement gives, mapped; nil if it gives none.
  public func first<T>(
    _ sql: String, _ arguments: [any DatabaseConvertible] = [], map: (borrowing Row) throws -> T
  ) throws(DatabaseError) -> T? {
    var found: T?
    try forEach(sql, arguments) { row in
      found = try map(row)
      return false
    }
    return found
  }

  /// The first row that one statement gives, as a record; nil if it gives none.
  public func first<T: RowDecodable>(
    _ sql: String, _ arguments: [any DatabaseConvertible] = [], as type: T.Type = T.self
  ) throws(DatabaseError) -> T? {
    try first(sql, arguments) { try T(row: $0) }
  }

  /// Lends each row to `body` without keeping any, until it returns false.
  public func forEach(
    _ sql: String, _ arguments: [any DatabaseConvertible] = [],
    _ body: (borrowing Row) throws -> Bool
  ) throws(DatabaseError) {
    let statement = try borrow(sql)
    defer { giveBack(statement, sql) }
    try statement.bind(arguments)
    while try statement.step() {
      do {
        guard try body(Row(statement: statement)) else { return }
      } catch {
        throw DatabaseError(wrapping: error)
      }
    }
  }

  /// Runs a script of statements without arguments, as migrations do.
  public func run(_ script: String) throws(DatabaseError) {
    guard !isReading else { throw .readOnly("a reading transaction") }
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Lets statements and views of this connection call the function.
  func add(_ function: TextFunction) throws(DatabaseError) {
    let code = function.register(on: handle)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Lets readers and a writer go on side by side, and makes a commit one write to the log.
  func useWriteAheadLog(retrying milliseconds: Int32) throws(DatabaseError) {
    // Two connections that do this to a new file at once: SQLite refuses one without the usual wait.
    var left = milliseconds
    while true {
      do {
        return try run("PRAGMA journal_mode = WAL")
      } catch {
        guard error == .busy, left > 0 else { throw error }
        left -= sqlite3_sleep(5)
      }
    }
  }

  /// Runs `body` in a transaction that is committed when it returns and undone when it throws.
  func transaction<T>(
    _ kind: Transaction, _ body: (Connection) throws -> T
  ) throws(DatabaseError) -> T {
    try execute(kind.rawValue)
    do {
      isReading = kind == .deferred
      defer { isReading = false }
      let result = try body(self)
      try execute("COMMIT")
      return result
    } catch {
      // A full disk may have undone the transaction already; undoing twice would be an error.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      throw DatabaseError(wrapping: error)
    }
  }

  /// A statement is out of the cache while it runs, so a query inside a query gets its own.
  private func borrow(_ sql: String) throws(DatabaseError) -> Statement {
    let kept = statements.removeValue(forKey: StatementText(sql))
    if kept == nil, let audit, let plan = try plan(of: sql) { audit(plan) }
    let statement = if let kept { kept } else { try prepare(sql) }
    guard statement.isReadOnly || !isReading else { throw .readOnly("a reading transaction") }
    return statement
  }

  /// A statement of its own, which is not kept.
  func prepare(_ sql: String) throws(DatabaseError) -> Statement {
    try Statement(sql, on: handle, layer: layer)
  }

  private func giveBack(_ statement: Statement, _ sql: String) {
    statement.reset()
    if statements.count < Connection.statementsKept { statements[StatementText(sql)] = statement }
  }
}

/// The text of a statement as a key: texts of many lines are told apart by their lengths and ends, and
/// reading all of one costs as much as running the statement.
private struct StatementText: Hashable {
  let sql: String

  init(_ sql: String) { self.sql = sql }

  func hash(into hasher: inout Hasher) {
    hasher.combine(sql.utf8.count)
    for byte in sql.utf8.suffix(8) { hasher.combine(byte) }
  }
}

extension DatabaseError {
  /// Closures may throw anything; what is not of this module is kept as its words.
  public init(wrapping error: any Error) {
    self = error as? DatabaseError ?? .failed(code: 0, String(describing: error))
  }
}
