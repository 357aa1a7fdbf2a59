import Database
import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

/// Sealed profiles from outside.
struct SealedProfileTests {
  private func passphraseFile(_ person: Person, _ words: String) throws -> String {
    let path = person.home.file("words-\(words.count)")
    try "\(words)\n".write(toFile: path)
    return path
  }

  private func expectSealed(_ person: Person) throws {
    let path = person.data + "/tercet.db"
    #expect(!Database.isOpen(path) && access(path, F_OK) == 0)
  }

  @Test func aNewProfileIsSealedWithAKeyFile() async throws {
    let person = try Person()
    #expect(try await person.run("status").code == 0)
    try expectSealed(person)
    let key = person.home.file(".config/tercet/keys/default")
    #expect(person.home.mode(".config/tercet/keys/default") == 0o600)
    #expect(try await person.run("status").code == 0)
    unlink(key)
    let before = try Data(contentsOf: URL(filePath: person.data + "/tercet.db"))
    let (code, error, output) = try await person.failure("status")
    #expect(code == 3 && error.code == "sealed" && output == [])
    #expect(error.message.contains(key))
    #expect(try Data(contentsOf: URL(filePath: person.data + "/tercet.db")) == before)
  }

  @Test func aPassphraseFileUnlocksAndAWrongOneDoesNot() async throws {
    let person = try Person()
    let (right, wrong) = (
      try passphraseFile(person, "correct horse"), try passphraseFile(person, "wrong")
    )
    #expect(try await person.run("status --passphrase-file \(right)").code == 0)
    try expectSealed(person)
    #expect(try await person.run("status --passphrase-file \(right)").code == 0)
    let failure = try await person.failure("status --passphrase-file \(wrong)")
    #expect(
      failure.code == 3 && failure.error.message == "This is not the passphrase of the profile")
    let nobody = try await person.failure("status")
    #expect(nobody.code == 3 && nobody.error.hint.contains("--passphrase-file"))
    let none = try await person.failure("status --passphrase-file /nowhere")
    #expect(none.code == 3 && none.error.message.contains("/nowhere"))
  }

  @Test func aCommandUnlocks() async throws {
    let person = try Person()
    let right = try passphraseFile(person, "correct horse")
    #expect(try await person.run("status --passphrase-file \(right)").code == 0)
    func status(_ command: String) async throws -> Program.Report {
      try await person.run(["status", "--unlock-command", command])
    }
    #expect(try await status("cat \(right)").code == 0)
    #expect(try await status("echo other").code == 3)
    for command in ["false", "/nowhere/program", "true"] {
      let report = try await status(command)
      #expect(report.code == 3 && report.errors.joined().contains("unlock-command"), "\(report)")
    }
  }

  @Test func thePassphraseIsChangedAndRemoved() async throws {
    let person = try Person()
    let old = try passphraseFile(person, "old")
    let new = try passphraseFile(person, "newer")
    #expect(try await person.run("status --passphrase-file \(old)").code == 0)
    let changed = try await person.run(
      "passphrase --passphrase-file \(old)", input: ["newer"])
    #expect(changed.code == 0, "\(changed)")
    #expect(try await person.run("status --passphrase-file \(old)").code == 3)
    #expect(try await person.run("status --passphrase-file \(new)").code == 0)
    #expect(try await person.run("passphrase --remove --passphrase-file \(new)").code == 0)
    #expect(try await person.run("status").code == 0)
    let empty = try await person.run("passphrase", input: [""])
    #expect(empty.code == 3 && empty.errors.joined().contains("empty"))
  }

  /// A store of the version before is sealed at its first start; whenever that is killed, the next one
  /// finds all of it.
  @Test func sealingMayBeKilledAtAnyMoment() async throws {
    let person = try Person()
    let profile = Profile(directory: person.data)
    try profile.prepare()
    do {
      let store = try Store(profile)
      try await store.database.write {
        try $0.run(
          """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
          INSERT INTO setting (key, value)
            SELECT 'planted-' || i, hex(randomblob(500)) FROM n
          """)
      }
    }
    let original = person.home.file("original.db")
    try FileManager.default.copyItem(atPath: profile.databasePath, toPath: original)
    var sealed = 0
    for round in 0..<50 {
      for name in ["tercet.db-wal", "tercet.db-shm", "tercet.keys", "tercet.db.sealing"]
      where sealed > 0 || name != "tercet.keys" { unlink("\(person.data)/\(name)") }
      if !Database.isOpen(profile.databasePath) {
        // It was done: from the beginning.
        sealed += 1
        unlink(profile.keysPath)
        unlink(profile.databasePath)
        try FileManager.default.copyItem(atPath: original, toPath: profile.databasePath)
      }
      let program = try person.start(["status"])
      try await Task.sleep(for: .milliseconds(10 * round))
      program.kill()
      _ = try await program.end(within: .seconds(60))
      let isOpen = Database.isOpen(profile.databasePath)
      #expect(isOpen || access(profile.keysPath, F_OK) == 0, "round \(round)")
    }
    #expect(try await person.run("status").code == 0)
    #expect(!Database.isOpen(profile.databasePath))
    let found = try FileManager.default.contentsOfDirectory(
      atPath: person.home.file(".config/tercet/keys"))
    #expect(!found.isEmpty)
    let count: Int? = try await person.store().database.read {
      try $0.first("SELECT count(*) AS n FROM setting WHERE key LIKE 'planted-%'") {
        try $0.get("n")
      }
    }
    #expect(count == 6000)
  }
}
