import Dispatch
import Glibc
import Synchronization

/// A SQLite database: one connection, one caller at a time, every access a transaction.
///
///     let database = try Database(path: "notes.db", migrations: [
///       Migration("notes") { try $0.run("CREATE TABLE note (text TEXT NOT NULL) STRICT") }
///     ])
///     try await database.write { try $0.execute("INSERT INTO note VALUES (?)", ["milk"]) }
///
/// What a `write` has returned from is on the disk: it survives a crash and, unless it was asked not to
/// wait for that, a power failure.
public actor Database {
  /// How long to wait for another process that holds the write lock, in milliseconds.
  static let busyTimeout: Int32 = 2_000

  /// The last part of a writing transaction, in which everything before it can be seen.
  public typealias Finish = @Sendable (Connection) throws -> Void
  /// Hears how far the migrations have come.
  public typealias Progress = @Sendable (MigrationProgress) -> Void
  /// Hears how each new statement finds its rows: a test's.
  public typealias Audit = @Sendable (QueryPlan) -> Void

  /// How many transactions were begun: what a task costs, for tests.
  public private(set) var transactions = 0
  /// How many writes were kept: whoever saw one fail knows by it that another one did not.
  public nonisolated var writesKept: Int { writes.load(ordering: .relaxed) }

  private let writes = Atomic(0)
  private let connection: Connection
  private let finish: Finish?
  private let executor = DiskExecutor()
  /// A queue of its own, so that no task waits for the disk on a shared thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Opens the database at `path`, which is created for the owner's eyes only if need be, and
  /// migrates it.
  ///
  /// - Parameters:
  ///   - key: opens a sealed database, or makes one; without a key it is in the open.
  ///   - below: the name of the file layer of SQLite that holds the files; nil for the system's.
  ///   - functions: what statements and views of this database may call by name.
  ///   - finish: ends each writing transaction: what follows from its changes and no trigger can do.
  ///     Migrations do without.
  ///   - progress: hears of migrations of a file that has something in it.
  public init(
    path: String, key: DatabaseKey? = nil, below: String? = nil, migrations: [Migration],
    functions: [TextFunction] = [], finish: Finish? = nil, progress: Progress? = nil
  ) throws(DatabaseError) {
    try Database.check(path)
    if let key, below == nil, access(path, F_OK) != 0 { try Database.makeSealed(path, key: key) }
    try Database.protect(path)
    let connection = try Connection(
      path: path, key: key, below: below, busyTimeout: Database.busyTimeout)
    try Database.configure(connection)
    for function in functions { try connection.add(function) }
    try connection.migrate(migrations, progress: progress)
    self.connection = connection
    self.finish = finish
  }

  private init(
    inMemory migrations: [Migration], functions: [TextFunction], finish: Finish?, audit: Audit?
  ) throws(DatabaseError) {
    let connection = try Connection(path: ":memory:", busyTimeout: 0)
    try Database.configure(connection)
    for function in functions { try connection.add(function) }
    try connection.migrate(migrations)
    connection.audit = audit
    self.connection = connection
    self.finish = finish
  }

  /// A database that lives as long as the value, for tests and for trying.
  ///
  /// - Parameter audit: hears of every statement after the migrations, once.
  public static func inMemory(
    _ migrations: [Migration], functions: [TextFunction] = [], finish: Finish? = nil,
    audit: Audit? = nil
  ) throws(DatabaseError) -> Database {
    try Database(inMemory: migrations, functions: functions, finish: finish, audit: audit)
  }

  /// Runs `body` in one transaction: all of it is kept when it returns, nothing when it throws.
  ///
  /// An error that `body` throws and that is no `DatabaseError` arrives as `.failed` with its words.
  ///
  /// - Parameter surviving: what must not take away what was written; see `Durability`.
  public func write<T: Sendable>(
    surviving: Durability = .powerFailure, _ body: @Sendable (Connection) throws -> T
  ) throws(DatabaseError) -> T {
    transactions += 1
    try connection.demand(surviving)
    let finish = finish
    let result = try connection.transaction(.immediate) { connection in
      let result = try body(connection)
      try finish?(connection)
      return result
    }
    writes.add(1, ordering: .relaxed)
    return result
  }

  /// Runs `body` on one unchanging state of the database; a statement that writes is refused.
  public func read<T: Sendable>(
    _ body: @Sendable (Connection) throws -> T
  ) throws(DatabaseError) -> T {
    transactions += 1
    return try connection.transaction(.deferred, body)
  }

  /// Reads the whole file and throws `.corrupt` if its structure is damaged.
  public func check() throws(DatabaseError) {
    let verdict: String? = try connection.first("PRAGMA quick_check(1)") {
      try $0.get("quick_check")
    }
    guard verdict == "ok" else { throw .corrupt(verdict ?? "the check gave no answer") }
  }

  /// Takes what was written into the file itself and empties the log beside it, in which what was
  /// overwritten or deleted could still be read. Does nothing while another connection reads.
  public func emptyLog() throws(DatabaseError) {
    _ = try connection.first("PRAGMA wal_checkpoint(TRUNCATE)") { try $0.get("busy") as Int }
  }

  /// A file that is there must be one that this program has made, not one elsewhere that a link leads
  /// to.
  private static func check(_ path: String) throws(DatabaseError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      throw .inaccessible(path: path, reason: isLink ? "it is a symbolic link" : "it is no file")
    }
  }

  /// SQLite would create the file for everybody to read; its WAL takes the mode of the file.
  static func protect(_ path: String) throws(DatabaseError) {
    // An existing file is not opened: closing it would drop every lock this process has on it.
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
    guard descriptor >= 0 || errno == EEXIST, chmod(path, 0o600) == 0 else {
      throw .inaccessible(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func configure(_ connection: Connection) throws(DatabaseError) {
    try connection.useWriteAheadLog(retrying: busyTimeout)
    try connection.demand(.powerFailure)
    // secure_delete: a deleted message or token is overwritten, not left in a free page.
    try connection.run(
      """
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = ON;
      PRAGMA trusted_schema = OFF;
      """)
  }
}

/// Runs an actor's work on a queue of its own: waiting for the disk must not take one of the few
/// threads that all tasks share.
final class DiskExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "tercet.database", qos: .userInitiated)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
