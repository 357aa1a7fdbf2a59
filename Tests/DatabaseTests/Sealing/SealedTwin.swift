import Cryptography

@testable import Database

/// A sealed database on a fake disk and a plain one in memory, to which the same is done.
struct SealedTwin {
  private(set) var random: SplitMix
  let layer = FakeDiskLayer()
  private let key = DatabaseKey(
    SecretBytes([UInt8](repeating: 9, count: 32)), id: [UInt8](repeating: 5, count: 16))
  private var sealed: Connection
  private let plain: Connection
  private(set) var statements = 0
  private(set) var crashes = 0

  init(seed: UInt64) throws {
    random = SplitMix(seed: seed)
    sealed = try SealedTwin.open(key, layer)
    plain = try Connection(path: ":memory:", busyTimeout: 0)
    for connection in [sealed, plain] {
      try connection.run(
        """
        CREATE TABLE note (id INTEGER PRIMARY KEY, word TEXT NOT NULL, body BLOB) STRICT;
        CREATE INDEX note_word ON note (word);
        CREATE TABLE pair (left INTEGER, right TEXT, PRIMARY KEY (left, right))
          STRICT, WITHOUT ROWID;
        CREATE VIRTUAL TABLE found USING fts5 (word, content = '', tokenize = 'unicode61');
        """)
    }
  }

  private static func open(_ key: DatabaseKey, _ layer: FakeDiskLayer) throws -> Connection {
    let connection = try Connection(path: "/twin.db", key: key, below: layer.name, busyTimeout: 0)
    try connection.useWriteAheadLog(retrying: 0)
    try connection.demand(.powerFailure)
    // Few pages in memory: a transaction writes to the log, and writes there again, before it ends. The
    // log is taken over often.
    try connection.run(
      "PRAGMA secure_delete = ON; PRAGMA cache_size = 12; PRAGMA wal_autocheckpoint = 40;")
    return connection
  }

  /// What is in both must be the same.
  struct Difference: Error, CustomStringConvertible { var description: String }

  /// One transaction of a few statements; or a checkpoint, a new start, a VACUUM.
  ///
  /// - Parameter cut: the power goes while it is done, after so many writes.
  mutating func step(cut: Int? = nil) throws {
    switch random.next(below: 60) {
    case 0: try upkeep("VACUUM", cut)
    case 1: try upkeep("PRAGMA wal_checkpoint(TRUNCATE)", cut)
    case 2: try upkeep("PRAGMA wal_checkpoint(RESTART)", cut)
    case 3: try upkeep("INSERT INTO found(found) VALUES('optimize')", cut)
    case 4: try reopen()
    default: try transaction(cut)
    }
  }

  private mutating func upkeep(_ statement: String, _ cut: Int?) throws {
    layer.disk.writesLeft = cut
    do { try sealed.run(statement) } catch { try expectPowerIsGone(error) }
    if statement.hasPrefix("INSERT") { try plain.run(statement) }
    if layer.disk.hasPower {
      layer.disk.writesLeft = nil
    } else {
      try restart(orElse: nil)
    }
  }

  private mutating func transaction(_ cut: Int?) throws {
    let script = (0...random.next(below: 6)).map { _ in statement() }
    let isKept = random.next(below: 6) != 0
    statements += script.count
    let before = try SealedTwin.content(of: plain)
    try plain.run("BEGIN")
    for text in script { try plain.run(text) }
    let after = isKept ? try SealedTwin.content(of: plain) : before
    layer.disk.writesLeft = cut
    var isDone = false
    do {
      try sealed.run("BEGIN IMMEDIATE")
      for text in script { try sealed.run(text) }
      try sealed.run(isKept ? "COMMIT" : "ROLLBACK")
      isDone = true
    } catch {
      try expectPowerIsGone(error)
    }
    let hadPower = layer.disk.hasPower
    layer.disk.writesLeft = nil
    if hadPower {
      try plain.run(isKept ? "COMMIT" : "ROLLBACK")
      return
    }
    // A commit that returned was on the disk; one that did not is there as a whole or not at all.
    let isThere = try restart(orElse: isDone ? nil : before, after)
    try plain.run(isKept && isThere ? "COMMIT" : "ROLLBACK")
  }

  private func expectPowerIsGone(_ error: any Error) throws {
    guard !layer.disk.hasPower else { throw error }
  }

  private mutating func reopen() throws {
    sealed = try Connection(path: ":memory:", busyTimeout: 0)
    sealed = try SealedTwin.open(key, layer)
  }

  /// Whether the content is the later of the two that it may be.
  @discardableResult
  private mutating func restart(orElse before: Content?, _ after: Content? = nil) throws -> Bool {
    crashes += 1
    sealed = try Connection(path: ":memory:", busyTimeout: 0)
    layer.disk.restart(&random)
    sealed = try SealedTwin.open(key, layer)
    try expectIntegrity()
    let found = try SealedTwin.content(of: sealed)
    let expected = if let after { after } else { try SealedTwin.content(of: plain) }
    if found == expected { return true }
    guard let before, found == before else { throw Difference(description: "after a crash") }
    return false
  }

  func expectIntegrity() throws {
    let verdict = try sealed.first("PRAGMA integrity_check") {
      try $0.get("integrity_check", as: String.self)
    }
    guard verdict == "ok" else { throw Difference(description: verdict ?? "no answer") }
  }

  func expectEqual() throws {
    for whole in [false, true] {
      guard
        try SealedTwin.content(of: sealed, whole: whole)
          == SealedTwin.content(of: plain, whole: whole)
      else { throw Difference(description: "without a crash") }
    }
  }

  /// A program that is killed now, with all that it has written left as it is, loses nothing.
  func expectEqualAfterKill() throws {
    let copy = FakeDiskLayer()
    for name in ["/twin.db", "/twin.db-wal"] {
      copy.disk.files[name] = layer.disk.files[name]?.copy()
    }
    let found = try SealedTwin.content(of: SealedTwin.open(key, copy))
    guard try found == SealedTwin.content(of: plain) else {
      throw Difference(description: "after a kill")
    }
    copy.end()
  }

  /// All rows, as one number a table and a few searches.
  typealias Content = [String]

  /// - Parameter whole: with every byte of what is long, else with two parts of it.
  private static func content(of connection: Connection, whole: Bool = false) throws -> Content {
    let body =
      whole ? "body" : "substr(body, -64) || substr(body, length(body) / 2, 64) || length(body)"
    func rows(_ query: String) throws -> String {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      var count = 0
      try connection.forEach(query) { row in
        for byte in try row.get("row", as: String.self).utf8 {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        count += 1
        return true
      }
      return "\(count) \(hash)"
    }
    return [
      try rows("SELECT id || word || \(body) AS row FROM note"),
      try rows("SELECT left || right AS row FROM pair"),
      try rows("SELECT CAST(rowid AS TEXT) AS row FROM found WHERE found MATCH 'w1*'"),
    ]
  }

  private mutating func statement() -> String {
    let id = random.next(below: 300)
    let word = "w\(random.next(below: 40)) w\(random.next(below: 40))"
    // Now and then more than a page holds.
    let size = random.next(below: 8) == 0 ? random.next(below: 20_000) : random.next(below: 300)
    let filling = "replace(hex(zeroblob(\(size / 12))), '00', '\(random.next() >> 24)')"
    let body = "CAST(\(filling) || '\(random.next())' AS BLOB)"
    switch random.next(below: 10) {
    case 0, 1, 2:
      return "INSERT OR REPLACE INTO note VALUES (\(id), '\(word)', \(body))"
    case 3: return "UPDATE note SET body = \(body) WHERE id % 7 = \(id % 7)"
    case 4: return "UPDATE note SET word = '\(word)' WHERE id = \(id)"
    case 5: return "DELETE FROM note WHERE id BETWEEN \(id) AND \(id + random.next(below: 20))"
    case 6: return "INSERT OR IGNORE INTO pair VALUES (\(id), '\(word)')"
    case 7: return "DELETE FROM pair WHERE left < \(id / 4)"
    case 8: return "INSERT INTO found(rowid, word) VALUES (\(Int(random.next() >> 20)), '\(word)')"
    default:
      // Nothing goes to the log inside: SQLite 3.40 forgets to begin its check sums anew when it takes
      // back pages that it has changed there, and loses such a commit with the power, sealed or not.
      return """
        PRAGMA cache_size = 5000;
        SAVEPOINT s; INSERT OR IGNORE INTO pair SELECT id, word FROM note ORDER BY word DESC;
        \(id % 2 == 0 ? "ROLLBACK TO s;" : "") RELEASE s;
        PRAGMA cache_size = 12;
        """
    }
  }
}
