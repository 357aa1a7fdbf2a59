import Cryptography
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Database

/// Nothing of what is kept stands in the open in any file, while the program runs and after.
struct SealedSecrecyTests {
  private static let planted = (0..<40).map { "planted-\($0)-\(Hexadecimal.encode("\($0)".utf8))" }

  private func expectNothingPlanted(in directory: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
    #expect(names.contains("it.db"))
    for name in names {
      let data = try Data(contentsOf: URL(filePath: "\(directory)/\(name)"))
      #expect(!data.holds("planted-"), "\(name)")
      #expect(!data.holds("SQLite format"), "\(name)")
      #expect(!data.holds("CREATE"), "\(name)")
    }
  }

  @Test func noFileHoldsWhatIsKept() throws {
    let scratch = try ScratchDirectory()
    let key = DatabaseKey(SystemRandom().secret(32), id: SystemRandom().bytes(16))
    do {
      let connection = try Connection(path: scratch.file("it.db"), key: key, busyTimeout: 0)
      try connection.useWriteAheadLog(retrying: 0)
      try connection.run(
        """
        PRAGMA cache_size = 10;
        CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
        CREATE VIRTUAL TABLE found USING fts5 (body);
        """)
      for round in 0..<6 {
        try connection.run("BEGIN")
        for word in Self.planted {
          try connection.execute(
            "INSERT INTO note (body) VALUES (?)", [String(repeating: word + " ", count: 1 + round)])
          try connection.execute("INSERT INTO found VALUES (?)", [word])
        }
        try connection.run("SAVEPOINT s; UPDATE note SET body = body || 'x'; ROLLBACK TO s")
        try connection.run("CREATE INDEX body_\(round) ON note (body); DROP INDEX body_\(round)")
        try expectNothingPlanted(in: scratch.path)
        try connection.run("COMMIT")
        try expectNothingPlanted(in: scratch.path)
      }
      try connection.run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
      try expectNothingPlanted(in: scratch.path)
    }
    try expectNothingPlanted(in: scratch.path)
  }

  /// Temporary files are gone from their folder as soon as they are open: they are looked at below SQLite.
  @Test func noTemporaryFileHoldsWhatIsSorted() throws {
    let layer = FakeDiskLayer()
    let key = DatabaseKey(SystemRandom().secret(32), id: SystemRandom().bytes(16))
    let connection = try Connection(path: "/it.db", key: key, below: layer.name, busyTimeout: 0)
    try connection.useWriteAheadLog(retrying: 0)
    try connection.run(
      """
      PRAGMA cache_size = 10;
      PRAGMA temp_store = FILE;
      CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
        INSERT INTO note SELECT i, 'planted-' || (i * 7919 % 3001) || hex(randomblob(200)) FROM n;
      CREATE TEMP TABLE sorted AS SELECT body FROM note ORDER BY body DESC;
      CREATE INDEX note_body ON note (body);
      VACUUM;
      """)
    let temporary = layer.disk.files.filter { $0.key.hasPrefix("temporary") }
    #expect(temporary.values.contains { !$0.bytes.isEmpty }, "there were temporary files")
    for (name, file) in layer.disk.files {
      #expect(!Data(file.bytes).holds("planted-"), "\(name)")
    }
  }
}

extension Data {
  fileprivate func holds(_ word: String) -> Bool {
    // As text of single bytes, in which C finds a word fast; zeros would end it.
    let text = map { $0 == 0 ? 1 : CChar(bitPattern: $0) } + [0]
    return strstr(text, word) != nil
  }
}
