import Cryptography
import Database
import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

/// What unlocks a profile, and what does not.
struct KeyRingTests {
  private let scratch: ScratchDirectory
  private let ring: KeyRing

  init() throws {
    scratch = try ScratchDirectory()
    let profile = Profile(directory: scratch.file("profile"))
    try profile.prepare()
    ring = KeyRing(
      of: profile, folder: scratch.file("config/keys"), name: "default",
      cost: Scrypt(logCost: 10))
  }

  private var header: URL { URL(filePath: scratch.file("profile/tercet.keys")) }

  /// A sealed profile with a chat in it.
  private func fill(_ opener: KeyRing.Opener) async throws -> ProfileKeys {
    let keys = try ring.make(opener)
    try await Store(ring.profile, keys: keys).settings.set(.focusedChat, "max:marmot")
    return keys
  }

  private func expectContent(_ keys: ProfileKeys) async throws {
    #expect(try await Store(ring.profile, keys: keys).settings.value(.focusedChat) == "max:marmot")
  }

  @Test func aPassphraseUnlocks() async throws {
    #expect(try ring.need() == .nothing)
    _ = try await fill(.passphrase(Secret("correct horse")))
    #expect(try ring.need() == .passphrase)
    try await expectContent(ring.unlock(.passphrase(Secret("correct horse"))))
    #expect(throws: KeyError.wrongPassphrase) {
      try ring.unlock(.passphrase(Secret("wrong horse")))
    }
    #expect(throws: KeyError.noPassphrase) { try ring.unlock(.keyFile) }
  }

  @Test func aKeyFileUnlocks() async throws {
    _ = try await fill(.keyFile)
    let path = scratch.file("config/keys/default")
    #expect(try ring.need() == .keyFile)
    try await expectContent(ring.unlock(.keyFile))
    #expect(scratch.mode("config/keys/default") == 0o600 && scratch.mode("config/keys") == 0o700)
    chmod(path, 0o644)
    #expect(throws: KeyError.exposedKeyFile(path)) { try ring.unlock(.keyFile) }
    chmod(path, 0o600)
    var text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    text.replace("0", with: "1")
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(throws: KeyError.wrongKeyFile(path)) { try ring.unlock(.keyFile) }
    unlink(path)
    #expect(throws: KeyError.noKeyFile(path)) { try ring.unlock(.keyFile) }
  }

  /// The key of another profile that happens to have the same name opens that profile.
  @Test func aKeyFileOfAnotherProfileIsLeftAlone() async throws {
    _ = try await fill(.keyFile)
    let before = try Data(contentsOf: URL(filePath: scratch.file("config/keys/default")))
    let other = Profile(directory: scratch.file("elsewhere"))
    try other.prepare()
    let ring = KeyRing(of: other, folder: scratch.file("config/keys"), name: "default")
    _ = try ring.make(.keyFile)
    #expect(throws: Never.self) { try ring.unlock(.keyFile) }
    #expect(try Data(contentsOf: URL(filePath: scratch.file("config/keys/default"))) == before)
  }

  @Test func everyByteOfTheHeaderCounts() async throws {
    _ = try await fill(.passphrase(Secret("correct horse")))
    let whole = try Data(contentsOf: header)
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 0x04
      try changed.write(to: header)
      #expect("byte \(index)") {
        try ring.unlock(.passphrase(Secret("correct horse")))
      } throws: { error in
        switch error as? KeyError {
        case .damaged, .newer: true
        default: false
        }
      }
    }
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: header)
      #expect("\(count) bytes") {
        try ring.unlock(.passphrase(Secret("correct horse")))
      } throws: { error in
        if case .damaged = error as? KeyError { true } else { false }
      }
    }
  }

  @Test func aSealedStoreWithoutItsHeaderIsNotReplaced() async throws {
    _ = try await fill(.keyFile)
    try FileManager.default.removeItem(at: header)
    #expect(throws: KeyError.missing(header.path)) { try ring.need() }
  }

  @Test func changingThePassphraseLeavesTheStoreAsItIs() async throws {
    let keys = try await fill(.passphrase(Secret("old")))
    let path = ring.profile.databasePath
    let before = try Data(contentsOf: URL(filePath: path))
    try ring.change(keys, to: .passphrase(Secret("new")))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(throws: KeyError.wrongPassphrase) { try ring.unlock(.passphrase(Secret("old"))) }
    try await expectContent(ring.unlock(.passphrase(Secret("new"))))
    try ring.change(keys, to: .keyFile)
    try await expectContent(ring.unlock(.keyFile))
    try ring.change(keys, to: .passphrase(Secret("newer")))
    #expect(try scratch.names(in: "config/keys") == [], "the key file opens nothing any more")
    try await expectContent(ring.unlock(.passphrase(Secret("newer"))))
  }
}
