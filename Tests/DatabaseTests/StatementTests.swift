import Database
import Testing

@Suite("Statements and rows")
struct StatementTests {
  private let database: Database

  init() throws {
    database = try Database.inMemory([
      Migration("one of each") {
        try $0.run("CREATE TABLE sample (id INTEGER PRIMARY KEY, value ANY) STRICT")
      }
    ])
  }

  private func returned<T: DatabaseConvertible & Sendable>(_ value: T) async throws -> T {
    try await database.write { connection in
      try connection.execute("INSERT OR REPLACE INTO sample (id, value) VALUES (1, ?)", [value])
      return try #require(
        try connection.first("SELECT value FROM sample") { try $0.get("value", as: T.self) })
    }
  }

  @Test("Text comes back byte for byte", arguments: ["", "Ты где?", "e\u{301}", "🧵"])
  func text(_ text: String) async throws {
    #expect(Array(try await returned(text).utf8) == Array(text.utf8))
  }

  @Test("Text may have a NUL in it")
  func nul() async throws {
    #expect(try await returned("a\u{0}b") == "a\u{0}b")
  }

  @Test("Bytes come back, none too", arguments: [[], [0], [0xff, 0, 0x80]] as [[UInt8]])
  func blob(_ bytes: [UInt8]) async throws {
    #expect(try await returned(bytes) == bytes)
  }

  @Test("Numbers come back at their bounds")
  func numbers() async throws {
    #expect(try await returned(Int64.min) == .min)
    #expect(try await returned(Int64.max) == .max)
    #expect(try await returned(0.1) == 0.1)
    #expect(try await returned(true))
    #expect(try await returned(DatabaseValue.null) == .null)
  }

  @Test("An optional is NULL or a value")
  func optionals() async throws {
    #expect(try await returned(String?.none) == nil)
    #expect(try await returned(String?.some("here")) == "here")
    let inferred: String? = try await database.read {
      let value: String?? = try $0.first("SELECT NULL AS value") { try $0.get("value") }
      return value ?? "no row"
    }
    #expect(inferred == nil)
  }

  @Test("A value of another type is an error, not a crash and not a guess")
  func mismatch() async throws {
    func read<T: DatabaseConvertible & Sendable>(
      _ sql: String, as type: T.Type
    ) async -> DatabaseError? {
      await #expect(throws: DatabaseError.self) {
        _ = try await database.read { try $0.query(sql) { try $0.get("value", as: type) } }
      }
    }
    #expect(
      await read("SELECT NULL AS value", as: String.self)
        == .unreadable(column: "value", reason: "NULL is no String"))
    #expect(
      await read("SELECT 'secret' AS value", as: Int.self)
        == .unreadable(column: "value", reason: "this text is no Int"))
    #expect(
      await read("SELECT 2 AS value", as: Bool?.self)
        == .unreadable(column: "value", reason: "this integer is no Optional<Bool>"))
    #expect(
      await read("SELECT 1 AS other", as: Int.self)
        == .unreadable(column: "value", reason: "no such column"))
  }

  @Test(
    "What is not exactly one statement with its arguments is refused",
    arguments: ["", "SELECT 1; SELECT 2", "SELECT ?", "SELEKT", "SELECT ?1, ?2"])
  func misuse(sql: String) async throws {
    await #expect(throws: DatabaseError.self) {
      try await database.write { try $0.execute(sql, sql.contains("2") ? [1] : []) }
    }
  }

  @Test("A query may run the same query for each of its rows")
  func nesting() async throws {
    let sums: [Int] = try await database.read { connection in
      let sql = "WITH n(v) AS (VALUES (1), (2), (3)) SELECT v FROM n"
      return try connection.query(sql) { outer in
        let inner: [Int] = try connection.query(sql) { try $0.get("v") }
        return try outer.get("v") * inner.reduce(0, +)
      }
    }
    #expect(sums == [6, 12, 18])
  }

  @Test("More statements than are cached do no harm")
  func cache() async throws {
    let sum: Int = try await database.read { connection in
      try (0..<300).reduce(0) { sum, n in
        sum + (try connection.first("SELECT \(n) AS n") { try $0.get("n") } ?? 0)
      }
    }
    #expect(sum == 300 * 299 / 2)
  }

  @Test("A cached statement that failed runs again, without its old arguments")
  func reuse() async throws {
    let sql = "INSERT INTO sample (id, value) VALUES (?, ?)"
    try await database.write { try $0.execute(sql, [1, "first"]) }
    await #expect(throws: DatabaseError.self) {
      try await database.write { try $0.execute(sql, [1, "again"]) }
    }
    try await database.write { try $0.execute(sql, [2, String?.none]) }
    let values: [String?] = try await database.read {
      try $0.query("SELECT value FROM sample ORDER BY id") { try $0.get("value") }
    }
    #expect(values == ["first", nil])
  }
}
