import Database
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
}
