import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

/// What stays on the disk of keys that were used up, when a command that watches is told to end.
@Suite(.timeLimit(.minutes(3))) struct UsedKeyTests {
  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func areGoneAfter(signal: Int32) async throws {
    let pair = try await Pair()
    let watch = try pair.bob.watch()
    let address = SecureAddress(number: Pair.alice, device: 1)
    var records: [[UInt8]] = []
    for index in 0..<3 {
      #expect(try await pair.alice.run(["send", Pair.toBob, "\(index)", "--wait"]).code == 0)
      _ = try await watch.message { $0.text == "\(index)" }
      let store = try Store(Profile(directory: pair.bob.data))
      records.append(try #require(try await store.secure.session(address)))
    }
    watch.kill(signal)
    #expect(try await watch.end().code == -signal, "whoever sent it sees that it had its way")

    let last = try #require(records.last)
    let known = Set(pieces(of: last))
    // What a session no longer has: its chain keys, as far as they have moved on.
    let used = records.dropLast().flatMap(pieces).filter { !known.contains($0) }
    #expect(!used.isEmpty)
    var files = Data()
    for name in ["tercet.db", "tercet.db-wal"] {
      files += FileManager.default.contents(atPath: "\(pair.bob.data)/\(name)") ?? Data()
    }
    #expect(files.firstRange(of: Data(last)) != nil, "the test looks where sessions are")
    #expect(used.count { files.firstRange(of: $0) != nil } == 0)
    // And the profile is as it was.
    let all = try await pair.bob.run("messages \(Pair.toAlice) --json")
    #expect(all.output.count == 3)
  }

  /// 16 bytes from every place: half a key is enough to know it by.
  private func pieces(of record: [UInt8]) -> [Data] {
    (0...(record.count - 16)).map { Data(record[$0..<($0 + 16)]) }
  }
}
