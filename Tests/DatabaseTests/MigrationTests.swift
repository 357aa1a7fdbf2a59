import Database
import Synchronization
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
  private let directory: ScratchDirectory
  private var path: String { directory.file("test.db") }

  private let first = Migration("names") {
    try $0.run("CREATE TABLE person (name TEXT NOT NULL) STRICT")
    try $0.execute("INSERT INTO person VALUES ('Ada')")
  }
  private let second = Migration("ages") {
    try $0.run("ALTER TABLE person ADD COLUMN age INTEGER")
  }
  private let failing = Migration("half of a step") {
    try $0.run("ALTER TABLE person ADD COLUMN half INTEGER")
    try $0.run("ALTER TABLE nobody ADD COLUMN other INTEGER")
  }

  init() throws { directory = try ScratchDirectory() }

  private func columns(_ database: Database) async throws -> [String] {
    try await database.read {
      try $0.query("SELECT name FROM pragma_table_info('person')") { try $0.get("name") }
    }
  }

  @Test("Each step is taken once, and rows outlive the next")
  func steps() async throws {
    _ = try Database(path: path, migrations: [first])
    _ = try Database(path: path, migrations: [first])
    let database = try Database(path: path, migrations: [first, second])
    #expect(try await columns(database) == ["name", "age"])
    let names: [String] = try await database.read {
      try $0.query("SELECT name FROM person") { try $0.get("name") }
    }
    #expect(names == ["Ada"])
  }

  @Test("A step that fails leaves the file as it was, and can be taken again")
  func failure() async throws {
    #expect(throws: DatabaseError.self) {
      _ = try Database(path: path, migrations: [first, failing])
    }
    let database = try Database(path: path, migrations: [first, second])
    #expect(try await columns(database) == ["name", "age"])
  }

  @Test("A file of a newer program is left alone")
  func newer() async throws {
    _ = try Database(path: path, migrations: [first, second])
    let error = #expect(throws: DatabaseError.self) {
      _ = try Database(path: path, migrations: [first])
    }
    #expect(error == .newerVersion(found: 2, known: 1))
    #expect(
      error?.description
        == "the database is of version 2, this program knows versions up to 1. "
        + "Use the newer program, or another data directory.")
  }

  @Test("Two programs that start at once migrate once")
  func race() async throws {
    let path = path
    let steps = [first, second]
    try await withThrowingTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { _ = try Database(path: path, migrations: steps) }
      }
      try await group.waitForAll()
    }
    let database = try Database(path: path, migrations: steps)
    #expect(try await columns(database) == ["name", "age"])
  }

  /// Numbers from 1 to 10 become their squares, three at a time.
  private func squares(failingAt limit: Int = .max) -> Migration {
    .inParts("squares") { connection in
      let left: [Int] = try connection.query(
        "SELECT value FROM number WHERE square IS NULL ORDER BY value LIMIT 3"
      ) { try $0.get("value") }
      for value in left {
        guard value < limit else { throw DatabaseError.diskFull }
        try connection.execute(
          "UPDATE number SET square = ? WHERE value = ?", [value * value, value])
      }
      let rest: Int? = try connection.first(
        "SELECT count(*) AS count FROM number WHERE square IS NULL"
      ) { try $0.get("count") }
      return rest == 0 ? .finished : .done(10 - (rest ?? 0), of: 10)
    }
  }

  private let numbers = Migration("numbers") { connection in
    try connection.run("CREATE TABLE number (value INTEGER PRIMARY KEY, square INTEGER) STRICT")
    for value in 1...10 {
      try connection.execute("INSERT INTO number (value) VALUES (?)", [value])
    }
  }

  @Test("A step in parts that is cut off goes on where it was, and tells how far it is")
  func parts() async throws {
    _ = try Database(path: path, migrations: [numbers])
    #expect(throws: DatabaseError.diskFull) {
      _ = try Database(path: path, migrations: [numbers, squares(failingAt: 8)])
    }
    let told = Told()
    let database = try Database(
      path: path, migrations: [numbers, squares(), first], progress: told.take)
    let squared: [Int] = try await database.read {
      try $0.query("SELECT square FROM number ORDER BY value") { try $0.get("square") }
    }
    #expect(squared == (1...10).map { $0 * $0 })
    #expect(
      told.progress.map { "\($0.number)/\($0.count) \($0.step) \($0.share ?? -1)" } == [
        "1/2 squares -1.0", "1/2 squares 0.9", "2/2 names -1.0",
      ], "six of ten were kept from the run that was cut off")
  }

  @Test("Of a new file nobody is told anything")
  func newFile() throws {
    let told = Told()
    _ = try Database(path: path, migrations: [numbers, squares(), first], progress: told.take)
    #expect(told.progress.isEmpty)
  }

  private final class Told: Sendable {
    private let list = Mutex<[MigrationProgress]>([])
    var progress: [MigrationProgress] { list.withLock { $0 } }
    func take(_ news: MigrationProgress) { list.withLock { $0.append(news) } }
  }
}
