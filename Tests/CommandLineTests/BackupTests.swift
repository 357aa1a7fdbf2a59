import Cryptography
import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

/// A profile comes back from its backup, and goes for good when that is wanted.
struct BackupTests {
  private func fill(_ person: Person, _ word: String) async throws {
    try await person.store().settings.set(.focusedChat, word)
  }

  @Test func aBackupIsRestoredElsewhere() async throws {
    let person = try Person()
    #expect(try await person.run("status").code == 0)
    try await fill(person, "max:marmot")
    let file = person.home.file("it.backup")
    // Somebody works with the profile meanwhile.
    let console = try person.start(["send", "max:1", "-"])
    while !FileManager.default.fileExists(atPath: person.data + "/control.sock") {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await person.run("backup \(file)", input: ["of the backup"]).code == 0)
    console.kill(15)
    _ = try await console.end()
    #expect(person.home.mode("it.backup") == 0o600)
    let again = try await person.run("backup \(file)", input: ["of the backup"])
    #expect(again.code == 4)

    let wrong = try await person.run("restore \(file) --profile other", input: ["wrong"])
    #expect(wrong.code == 3, "\(wrong)")
    let restored = try await person.run(
      "restore \(file) --profile other", input: ["of the backup"])
    #expect(restored.code == 0, "\(restored)")
    let other = KeyRing(
      of: Profile(directory: person.home.file(".local/share/tercet/other")), folder: nil, name: "")
    let keys = try other.unlock(.passphrase(Secret("of the backup")))
    let store = try Store(other.profile, keys: keys)
    #expect(try await store.settings.value(.focusedChat) == "max:marmot")
    let full = try await person.run("restore \(file)", input: ["of the backup"])
    #expect(full.code == 4)
  }

  @Test func aDamagedBackupRestoresNothing() async throws {
    let person = try Person()
    #expect(try await person.run("status").code == 0)
    let file = person.home.file("it.backup")
    #expect(try await person.run("backup \(file)", input: ["of the backup"]).code == 0)
    let whole = try Data(contentsOf: URL(filePath: file))
    for index in [0, 20, 300, whole.count / 2, whole.count - 3] {
      var changed = whole
      changed[index] ^= 1
      try changed.write(to: URL(filePath: file))
      let report = try await person.run(
        "restore \(file) --profile other\(index)", input: ["of the backup"])
      #expect(report.code == 1 || report.code == 3, "byte \(index): \(report)")
      let directory = person.home.file(".local/share/tercet/other\(index)")
      #expect(!FileManager.default.fileExists(atPath: directory + "/tercet.db"))
    }
  }

  @Test func nothingIsLeftOfAWipedProfile() async throws {
    let person = try Person()
    #expect(try await person.run("status").code == 0)
    #expect(try await person.run("wipe", input: ["n"]).code == 4)
    #expect(FileManager.default.fileExists(atPath: person.data + "/tercet.db"))
    #expect(try await person.run("wipe", input: ["y"]).code == 0)
    #expect(!FileManager.default.fileExists(atPath: person.data))
    #expect(try person.home.names(in: ".config/tercet/keys") == [])
  }
}
