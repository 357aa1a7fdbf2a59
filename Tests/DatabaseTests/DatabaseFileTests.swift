import Database
import FoundationEssentials
import Glibc
import TestSupport
import Testing

private let lines = [
  Migration("lines") { try $0.run("CREATE TABLE line (text TEXT NOT NULL) STRICT") }
]

@Suite("The database file")
struct DatabaseFileTests {
  private let directory: ScratchDirectory
  private var path: String { directory.file("test.db") }

  init() throws { directory = try ScratchDirectory() }

  private func insert(_ text: String, into database: Database) async throws {
    try await database.write { try $0.execute("INSERT INTO line VALUES (?)", [text]) }
  }

  private func texts(_ database: Database) async throws -> [String] {
    try await database.read { try $0.query("SELECT text FROM line") { try $0.get("text") } }
  }

  @Test("It and its log are for the owner alone")
  func permissions() async throws {
    let database = try Database(path: path, migrations: lines)
    try await insert("private", into: database)
    #expect(directory.mode("test.db") == 0o600)
    #expect(directory.mode("test.db-wal") == 0o600)
    #expect(directory.mode("test.db-shm") == 0o600)
  }

  @Test("A file that others could read is closed to them")
  func tightened() async throws {
    _ = try Database(path: path, migrations: lines)
    chmod(path, 0o644)
    _ = try Database(path: path, migrations: lines)
    #expect(directory.mode("test.db") == 0o600)
  }

  @Test("A link in its place is not followed")
  func link() async throws {
    let other = directory.file("other.db")
    _ = try Database(path: other, migrations: lines)
    chmod(other, 0o644)
    symlink(other, path)
    let error = #expect(throws: DatabaseError.self) {
      _ = try Database(path: path, migrations: lines)
    }
    #expect(error?.message.contains("symbolic link") == true)
    #expect(directory.mode("other.db") == 0o644)
  }

  @Test("It keeps to the settings that durability rests on")
  func settings() async throws {
    let database = try Database(path: path, migrations: lines)
    let found: [DatabaseValue] = try await database.write { connection in
      try ["journal_mode", "synchronous", "foreign_keys", "secure_delete"].map { name in
        try #require(try connection.first("PRAGMA \(name)") { try $0.get(name) })
      }
    }
    #expect(found == ["wal", 2, 1, 1])
  }

  @Test("What was committed is there after the process has vanished")
  func survival() async throws {
    let database = try Database(path: path, migrations: lines)
    try await insert("committed", into: database)
    // As after kill -9: the files as they lie on the disk, the log not folded in.
    for name in ["test.db", "test.db-wal"] {
      try FileManager.default.copyItem(
        atPath: directory.file(name), toPath: directory.file("copy-" + name))
    }
    rename(directory.file("copy-test.db"), directory.file("copy.db"))
    rename(directory.file("copy-test.db-wal"), directory.file("copy.db-wal"))
    let survivor = try Database(path: directory.file("copy.db"), migrations: lines)
    #expect(try await texts(survivor) == ["committed"])
    try await survivor.check()
  }

  @Test("A torn end of the log costs the torn transaction only")
  func tornLog() async throws {
    let database = try Database(path: path, migrations: lines)
    try await insert("whole", into: database)
    let log = try Data(contentsOf: URL(filePath: directory.file("test.db-wal")))
    try await insert("torn", into: database)
    let longer = try Data(contentsOf: URL(filePath: directory.file("test.db-wal")))
    #expect(longer.count > log.count)
    try FileManager.default.copyItem(atPath: path, toPath: directory.file("copy.db"))
    try longer.prefix(longer.count - 100).write(to: URL(filePath: directory.file("copy.db-wal")))
    let survivor = try Database(path: directory.file("copy.db"), migrations: lines)
    #expect(try await texts(survivor) == ["whole"])
  }

  @Test("A full disk is said to be one, and nothing is half-kept")
  func fullDisk() async throws {
    let database = try Database(path: path, migrations: lines)
    try await insert("before", into: database)
    try await database.write { connection in
      let pages: Int = try #require(
        try connection.first("PRAGMA page_count") { try $0.get("page_count") })
      try connection.run("PRAGMA max_page_count = \(pages)")
    }
    await #expect(throws: DatabaseError.diskFull) {
      try await database.write { connection in
        for _ in 0..<100 {
          try connection.execute(
            "INSERT INTO line VALUES (?)", [String(repeating: "x", count: 4096)])
        }
      }
    }
    #expect(try await texts(database) == ["before"])
    try await database.write { try $0.run("PRAGMA max_page_count = 100000") }
    try await insert("after", into: database)
    #expect(try await texts(database) == ["before", "after"])
  }

  @Test("A damaged file and a file of another kind are refused in words")
  func corrupt() async throws {
    try Data("this is a letter, not a database; it is long enough to be read".utf8)
      .write(to: URL(filePath: path))
    let error = #expect(throws: DatabaseError.self) {
      _ = try Database(path: path, migrations: lines)
    }
    #expect(error == .corrupt("file is not a database"))
    #expect(error?.description.contains("Keep a copy of the file") == true)
  }

  @Test("The check finds a damaged page")
  func damagedPage() async throws {
    do {
      let database = try Database(path: path, migrations: lines)
      try await database.write { connection in
        for number in 0..<2000 {
          try connection.execute("INSERT INTO line VALUES (?)", ["line \(number)"])
        }
      }
      try await database.check()
    }
    var bytes = try Data(contentsOf: URL(filePath: path))
    try #require(bytes.count > 5 * 4096)
    for index in (4 * 4096)..<(4 * 4096 + 512) { bytes[index] = 0xa5 }
    try bytes.write(to: URL(filePath: path))
    let database = try Database(path: path, migrations: lines)
    let error = await #expect(throws: DatabaseError.self) { try await database.check() }
    guard case .corrupt = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Where no file can be made, the path is named")
  func inaccessible() throws {
    try Data().write(to: URL(filePath: directory.file("plain")))
    let error = #expect(throws: DatabaseError.self) {
      _ = try Database(path: directory.file("plain/test.db"), migrations: lines)
    }
    #expect(
      error
        == .inaccessible(path: directory.file("plain/test.db"), reason: "Not a directory"))
  }

  @Test("A directory without write permission is named", .enabled(if: geteuid() != 0))
  func readOnlyDirectory() throws {
    chmod(directory.path, 0o500)
    defer { chmod(directory.path, 0o700) }
    #expect(throws: DatabaseError.inaccessible(path: path, reason: "Permission denied")) {
      _ = try Database(path: path, migrations: lines)
    }
  }

  @Test("A second writer waits for the first to end")
  func busy() async throws {
    let first = try Database(path: path, migrations: lines)
    let second = try Database(path: path, migrations: lines)
    async let one: Void = insert("one", into: first)
    async let two: Void = insert("two", into: second)
    _ = try await (one, two)
    #expect(try await texts(first).sorted() == ["one", "two"])
  }
}
