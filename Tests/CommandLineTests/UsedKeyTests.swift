import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

@testable import Database

/// What stays on the disk of keys that were used up, when a command that watches is told to end.
@Suite(.timeLimit(.minutes(5))) struct UsedKeyTests {
  /// Every signal that ends a program and that it can catch, but for those of a crash, with SIGPROF and
  /// SIGSYS. SIGPIPE ends no command: the write that raised it fails, and that does.
  @Test(arguments: [
    [SIGTERM, SIGINT, SIGHUP, SIGQUIT], [SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM],
    [SIGVTALRM, SIGSTKFLT, SIGXFSZ, SIGIO], [SIGPWR, 34, 64],
  ])
  func areGoneAfter(signals: [Int32]) async throws {
    let pair = try await Pair()
    for signal in signals {
      let watch = try pair.bob.watch()
      var records: [[UInt8]] = []
      for text in ["\(signal)", "\(signal) again"] {
        #expect(try await pair.alice.run(["send", Pair.toBob, text, "--wait"]).code == 0)
        _ = try await watch.message { $0.text == text }
        records.append(try await session(of: pair.bob))
      }
      watch.kill(signal)
      #expect(try await watch.end().code == -signal, "whoever sent it sees that it had its way")

      let last = try #require(records.last)
      let known = Set(pieces(of: last))
      // What a session no longer has: its chain keys, as far as they have moved on.
      let used = records.dropLast().flatMap(pieces).filter { !known.contains($0) }
      #expect(!used.isEmpty)
      let files = try unsealedFiles(of: pair.bob)
      #expect(files.firstRange(of: Data(last)) != nil, "the test looks where sessions are")
      #expect(used.count { files.firstRange(of: $0) != nil } == 0, "after signal \(signal)")
    }
    // And the profile is as it was.
    let all = try await pair.bob.run("messages \(Pair.toAlice) --json")
    #expect(all.output.count == 2 * signals.count)
  }

  /// What bob keeps of the session with alice's device.
  private func session(of bob: Person) async throws -> [UInt8] {
    // Its connection is closed before the program ends: another one would keep the log.
    let store = try bob.store()
    let address = TextSecureAddress(number: Pair.alice, device: 1)
    return try #require(try await store.secure.session(address))
  }

  /// All that whoever has the key can read in the store and its log: also what SQLite reads no more.
  private func unsealedFiles(of person: Person) throws -> Data {
    let cipher = PageCipher(try person.ring.unlock(.keyFile).store)
    func open(
      _ name: String, from start: Int, _ kind: PageCipher.Kind, size: Int, first: Int64
    ) -> Data {
      let bytes = FileManager.default.contents(atPath: "\(person.data)/\(name)") ?? Data()
      var opened = Data()
      for (index, place) in stride(from: start, to: bytes.count - size + 1, by: size).enumerated() {
        let unit = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { unit.deallocate() }
        unit.copyBytes(from: bytes[place..<place + size])
        guard let base = unit.baseAddress,
          cipher.open(base, size: size, kind, number: first + Int64(index))
        else { continue }
        opened += Data(unit)
      }
      return opened
    }
    return open("tercet.db", from: 0, .page, size: 4096, first: 1)
      + open("tercet.db-wal", from: 32, .frame, size: 4120, first: 0)
  }

  /// 16 bytes from every place: half a key is enough to know it by.
  private func pieces(of record: [UInt8]) -> [Data] {
    (0...(record.count - 16)).map { Data(record[$0..<($0 + 16)]) }
  }
}
