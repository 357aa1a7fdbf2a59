import Clocks
import Cryptography
import FoundationEssentials
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import TextSecureService

@Suite("Keys that were used up", .timeLimit(.minutes(2)))
struct UsedKeyTests {
  @Test("The log is emptied after a rest, and in the midst of traffic now and then")
  func idle() async throws {
    let scratch = try ScratchDirectory()
    let time = ManualTime()
    let environment = AccountEnvironment(
      store: try Store(Profile(directory: scratch.path)), network: Network(), time: time,
      random: SystemRandom())
    func logSize() throws -> Int {
      try Data(contentsOf: URL(filePath: scratch.file("tercet.db-wal"))).count
    }
    func write() async throws { try await environment.store.settings.set(.halt, "\(time.uptime)") }
    let used = UsedKeyEraser(environment)
    try await write()
    #expect(try logSize() > 0)
    await used.note()
    await time.untilSleeping(1)
    time.advance(by: .seconds(1))
    await used.note()
    await time.untilSleeping(1)
    #expect(try logSize() > 0)
    time.advance(by: .seconds(1))
    await time.untilSleeping(1)
    time.advance(by: .seconds(1))
    try await environment.untilEmpty(scratch.file("tercet.db-wal"))

    // Without a rest.
    try await write()
    await used.note()
    for _ in 0..<30 {
      await time.untilSleeping(1)
      await used.note()
      time.advance(by: .seconds(1))
    }
    try await environment.untilEmpty(scratch.file("tercet.db-wal"))
  }
}

extension AccountEnvironment {
  /// Waits until a file has nothing in it; the store works in between.
  fileprivate func untilEmpty(_ path: String) async throws {
    let start = ContinuousClock.now
    while try Data(contentsOf: URL(filePath: path)).count > 0 {
      guard ContinuousClock.now - start < .seconds(30) else { throw Missed("an empty \(path)") }
      _ = try await store.settings.value(.halt)
      await Task.yield()
    }
  }
}
