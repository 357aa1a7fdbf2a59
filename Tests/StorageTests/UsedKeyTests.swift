import Cryptography
import FoundationEssentials
import TestSupport
import Testing

@testable import Storage

@Suite("What was overwritten or deleted")
struct UsedKeyTests {
  @Test("It can be read from no file of the profile once the log is emptied")
  func emptyLog() async throws {
    let scratch = try ScratchDirectory()
    let store = try Store(Profile(directory: scratch.path))
    let used = (0..<20).map { index in [UInt8](repeating: UInt8(index + 100), count: 40) }
    for key in used {
      var step = TextSecureStep()
      step.sessions = [TextSecureAddress(number: bob, device: 1): key]
      step.newPreKeys = [PreKeyRecord(id: 7, privateKey: SecretBytes(key))]
      _ = try await store.secure.commit(step)
    }
    var last = TextSecureStep()
    last.sessions = [TextSecureAddress(number: bob, device: 1): [1, 2, 3]]
    last.spentPreKeys = [7]
    _ = try await store.secure.commit(last)
    func readable() throws -> Int {
      var files = Data()
      for name in try scratch.names() {
        files += try Data(contentsOf: URL(filePath: scratch.file(name)))
      }
      return used.count { files.firstRange(of: Data($0)) != nil }
    }
    #expect(try readable() > 0, "the test looks where keys can be")
    try await store.emptyLog()
    #expect(try readable() == 0)
    #expect(try await store.secure.session(TextSecureAddress(number: bob, device: 1)) == [1, 2, 3])
    // Again, and with nothing to do.
    try await store.emptyLog()
    try await Store.inMemory().emptyLog()
  }
}
