import Database
import Testing

private let notes = [
  Migration("notes") {
    try $0.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")
  }
]

private struct Refusal: Error {}

@Suite("Transactions")
struct TransactionTests {
  private func texts(_ database: Database) async throws -> [String] {
    try await database.read {
      try $0.query("SELECT text FROM note ORDER BY id") { try $0.get("text") }
    }
  }

  @Test("All of a transaction is kept")
  func commit() async throws {
    let database = try Database.inMemory(notes)
    let (row, changes) = try await database.write { connection in
      try connection.execute("INSERT INTO note (text) VALUES (?), (?)", ["milk", "bread"])
      return (connection.lastInsertedRow, connection.changes)
    }
    #expect(row == 2)
    #expect(changes == 2)
    #expect(try await texts(database) == ["milk", "bread"])
  }

  @Test("A transaction that throws leaves nothing, and the next one works")
  func rollback() async throws {
    let database = try Database.inMemory(notes)
    await #expect(throws: DatabaseError.failed(code: 0, "Refusal()")) {
      try await database.write { connection in
        try connection.execute("INSERT INTO note (text) VALUES ('lost')")
        throw Refusal()
      }
    }
    try await database.write { try $0.execute("INSERT INTO note (text) VALUES ('kept')") }
    #expect(try await texts(database) == ["kept"])
  }

  @Test("The disk is waited for by what must survive a power failure, and by nothing else")
  func survival() async throws {
    let database = try Database.inMemory(notes)
    @Sendable func setting(_ connection: Connection) throws -> Int? {
      try connection.first("PRAGMA synchronous") { try $0.get("synchronous") }
    }
    // 2 is FULL, 1 is NORMAL.
    #expect(try await database.write(setting) == 2)
    #expect(try await database.write(surviving: .crash, setting) == 1)
    #expect(try await database.write(setting) == 2)
  }

  @Test("The end of each writing transaction sees its changes, and can undo them")
  func finish() async throws {
    let database = try Database.inMemory(notes) { connection in
      try connection.execute("UPDATE note SET text = text || '!' WHERE text NOT LIKE '%!'")
      let count: Int? = try connection.first("SELECT count(*) AS count FROM note") {
        try $0.get("count")
      }
      if count ?? 0 > 2 { throw Refusal() }
    }
    try await database.write {
      try $0.execute("INSERT INTO note (text) VALUES (?), (?)", ["milk", "bread"])
    }
    #expect(try await texts(database) == ["milk!", "bread!"])
    await #expect(throws: DatabaseError.self) {
      try await database.write { try $0.execute("INSERT INTO note (text) VALUES ('lost')") }
    }
    #expect(try await texts(database) == ["milk!", "bread!"])
  }

  @Test("A broken rule undoes what came before it")
  func constraint() async throws {
    let database = try Database.inMemory(notes)
    let error = await #expect(throws: DatabaseError.self) {
      try await database.write { connection in
        try connection.execute("INSERT INTO note (text) VALUES ('twice')")
        try connection.execute("INSERT INTO note (text) VALUES ('twice')")
      }
    }
    #expect(error == .constraint("UNIQUE constraint failed: note.text"))
    #expect(try await texts(database).isEmpty)
  }

  @Test("A reading transaction cannot write", arguments: ["execute", "run"])
  func reading(way: String) async throws {
    let database = try Database.inMemory(notes)
    await #expect(throws: DatabaseError.readOnly("a reading transaction")) {
      try await database.read { connection in
        let sql = "INSERT INTO note (text) VALUES ('no')"
        if way == "run" { try connection.run(sql) } else { try connection.execute(sql) }
      }
    }
    #expect(try await texts(database).isEmpty)
    try await database.write { try $0.execute("INSERT INTO note (text) VALUES ('yes')") }
  }

  @Test("Writers from many tasks take turns")
  func concurrency() async throws {
    let database = try Database.inMemory(notes)
    try await withThrowingTaskGroup { group in
      for task in 0..<50 {
        group.addTask {
          try await database.write { connection in
            let count: Int? = try connection.first("SELECT count(*) AS n FROM note") {
              try $0.get("n")
            }
            try connection.execute(
              "INSERT INTO note (id, text) VALUES (?, ?)", [count, "task \(task)"])
          }
        }
      }
      try await group.waitForAll()
    }
    let ids: [Int] = try await database.read {
      try $0.query("SELECT id FROM note ORDER BY id") { try $0.get("id") }
    }
    #expect(ids == Array(0..<50))
  }
}
