import Database
import Glibc
import Synchronization

/// Where a sandbox keeps what happened in it: one file, for one sandbox at a time.
///
/// Servers hand over what has changed and go on; one task writes all that has come meanwhile in one
/// transaction.
final class WorldStore: Sendable {
  /// How often it was opened before. Random numbers go by it: names that are drawn anew must not be
  /// those of the time before.
  let run: UInt64
  /// When it was first opened, in wall-clock milliseconds.
  let startedAt: Int64
  /// What was kept when it was opened.
  let kept: KeptWorld

  private let inbox: Inbox
  private let wake: AsyncStream<Void>.Continuation
  private let writer: Task<Void, Never>
  /// The kernel takes the lock back when the process ends, however it ends.
  private let lock: Int32

  /// Opens the store in an existing directory; nil if another sandbox works there.
  static func open(in directory: String, at now: Int64) async throws(DatabaseError) -> WorldStore? {
    let path = "\(directory)/sandbox.db"
    let lock = Glibc.open("\(path)-lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      if lock >= 0 { Glibc.close(lock) }
      return nil
    }
    do throws(DatabaseError) {
      let database = try Database(path: path, migrations: [Migration("what is kept", begin)])
      return try await WorldStore(database, lock: lock, at: now)
    } catch {
      Glibc.close(lock)
      throw error
    }
  }

  @Sendable private static func begin(_ connection: Connection) throws {
    try connection.run(
      """
      CREATE TABLE run (started_at INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;
      CREATE TABLE record (
        area TEXT NOT NULL,
        key TEXT NOT NULL,
        value BLOB NOT NULL,
        PRIMARY KEY (area, key)
      ) STRICT, WITHOUT ROWID;
      """)
  }

  private init(_ database: Database, lock: Int32, at now: Int64) async throws(DatabaseError) {
    let (run, start, records) = try await database.write { connection in
      let last = try connection.first("SELECT started_at, count FROM run") {
        (
          start: try $0.get("started_at", as: Int64.self),
          count: try $0.get("count", as: Int64.self)
        )
      }
      if last == nil { try connection.execute("INSERT INTO run VALUES (?, 0)", [now]) }
      try connection.execute("UPDATE run SET count = count + 1")
      let records = try connection.query("SELECT area, key, value FROM record") { row in
        let area = KeptRecord.Area(rawValue: try row.get("area"))
        let (key, value) = (
          try row.get("key", as: String.self), try row.get("value", as: [UInt8].self)
        )
        return area.map { KeptRecord($0, key, bytes: value) }
      }
      return (last?.count ?? 0, last?.start ?? now, records.compactMap { $0 })
    }
    self.run = UInt64(max(0, run))
    startedAt = start
    kept = KeptWorld(records)
    self.lock = lock
    let inbox = Inbox()
    self.inbox = inbox
    let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    self.wake = wake
    writer = Task {
      for await _ in wakes { await inbox.empty(into: database) }
      await inbox.empty(into: database)
    }
  }

  /// Takes what has changed, and returns at once.
  func keep(_ records: [KeptRecord]) {
    guard !records.isEmpty else { return }
    inbox.add(records)
    wake.yield()
  }

  /// Writes what is left and lets another sandbox work here.
  func close() async {
    wake.finish()
    await writer.value
    flock(lock, LOCK_UN)
  }

  deinit {
    wake.finish()
    Glibc.close(lock)
  }
}

/// What waits to be written.
private final class Inbox: Sendable {
  private let records = Mutex<[KeptRecord]>([])

  func add(_ more: [KeptRecord]) { records.withLock { $0 += more } }

  func empty(into database: Database) async {
    let batch = records.withLock { records in
      defer { records = [] }
      return records
    }
    guard !batch.isEmpty else { return }
    do {
      try await database.write { connection in
        for record in batch {
          guard let value = record.value else {
            try connection.execute(
              "DELETE FROM record WHERE area = ? AND key = ?", [record.area.rawValue, record.key])
            continue
          }
          try connection.execute(
            "INSERT OR REPLACE INTO record (area, key, value) VALUES (?, ?, ?)",
            [record.area.rawValue, record.key, value])
        }
      }
    } catch {
      // The disk may be full; what comes next tries it again.
      records.withLock { $0 = batch + $0 }
    }
  }
}
