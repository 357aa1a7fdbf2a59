import Database
import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

/// Stores of earlier versions are in the open: they are sealed in their place.
struct SealingTests {
  private let scratch: ScratchDirectory
  private let ring: KeyRing

  init() throws {
    scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.file("profile"))
    try profile.prepare()
    ring = KeyRing(of: profile, folder: scratch.file("config/keys"), name: "default")
  }

  /// What earlier versions have left behind, still with something in the log.
  private func plainStore() async throws {
    for store in [try Store(ring.profile), try Store.paper(ring.profile)] {
      for number in 0..<50 {
        try await store.database.write {
          try $0.run(
            "INSERT INTO setting (key, value) VALUES ('planted-\(number)', hex(zeroblob(2000)))")
        }
      }
    }
  }

  private func count(_ store: Store) async throws -> Int? {
    try await store.database.read {
      try $0.first("SELECT count(*) AS n FROM setting WHERE key LIKE 'planted-%'") {
        try $0.get("n")
      }
    }
  }

  private func expectSealed(_ keys: ProfileKeys) async throws {
    #expect(try await count(Store(ring.profile, keys: keys)) == 50)
    #expect(try await count(Store.paper(ring.profile, keys: keys)) == 50)
    for name in try scratch.names(in: "profile") {
      let data = try Data(contentsOf: URL(filePath: scratch.file("profile/\(name)")))
      #expect(!String(decoding: data, as: UTF8.self).contains("planted-"), "\(name)")
      #expect(!name.contains("sealing"))
    }
  }

  @Test func aStoreInTheOpenIsSealed() async throws {
    try await plainStore()
    #expect(try ring.need() == .nothing)
    let keys = try ring.make(.keyFile)
    try Store.sealWhatIsOpen(in: ring, with: keys)
    try await expectSealed(keys)
    #expect(!Database.isOpen(ring.profile.databasePath))
  }

  /// As a program leaves it that is ended while it makes the copy, or between the two stores.
  @Test func whatWasBegunIsDoneAgain() async throws {
    try await plainStore()
    let keys = try ring.make(.keyFile)
    try Data(repeating: 7, count: 10_000)
      .write(to: URL(filePath: ring.profile.databasePath + ".sealing"))
    try Database.seal(ring.profile.paperDatabasePath, key: keys.paper)
    let again = try ring.unlock(.keyFile)
    try Store.sealWhatIsOpen(in: ring, with: again)
    try await expectSealed(again)
  }

  /// Once all is sealed, nobody can have us take over a store of theirs.
  @Test func aStoreInTheOpenIsNotTakenForASealedOne() async throws {
    let keys = try ring.make(.keyFile)
    _ = try Store(ring.profile, keys: keys)
    try Store.sealWhatIsOpen(in: ring, with: keys)
    for suffix in ["", "-wal", "-shm"] { unlink(ring.profile.databasePath + suffix) }
    try await plainStore()
    let before = try Data(contentsOf: URL(filePath: ring.profile.databasePath))
    #expect(throws: Store.SealingError.self) { try Store.sealWhatIsOpen(in: ring, with: keys) }
    #expect(try Data(contentsOf: URL(filePath: ring.profile.databasePath)) == before)
  }

  /// The pages of the one are not those of the other, although one key seals both.
  @Test func theTwoStoresAreNotExchanged() async throws {
    let keys = try ring.make(.keyFile)
    do {
      _ = try Store(ring.profile, keys: keys)
      _ = try Store.paper(ring.profile, keys: keys)
    }
    rename(ring.profile.paperDatabasePath, ring.profile.databasePath)
    #expect {
      try Store(ring.profile, keys: keys)
    } throws: { error in
      if case .corrupt = error as? DatabaseError { true } else { false }
    }
  }
}
