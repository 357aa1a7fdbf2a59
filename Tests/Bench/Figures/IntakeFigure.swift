import Glibc
import Storage
import TestSupport

/// Messages that come in as fast as they are taken, over twenty chats, until they are on the disk.
@MainActor struct IntakeFigure {
  let profiles: Profiles
  /// The script of Python's SQLite.
  let script: String
  let runs: Int
  private let count = 20_000
  /// A program that has not taken all of them by then is measured by those that it has.
  private let patience = 20.0

  /// What one flood gave.
  struct Flood {
    var stored = 0
    var seconds = 0.0
    /// Of the program, in seconds.
    var processor = 0.0
    /// From a key to its letter meanwhile, in milliseconds.
    var keys: [Double] = []
    var perSecond: Double { Double(stored) / seconds }
    var perProcessorSecond: Double { Double(stored) / processor }
  }

  func rows() async throws -> [Row] {
    var floods: [Flood] = []
    var peer: [[Double]] = []
    for _ in 0..<min(runs, 3) {
      floods.append(try await flood(messages: 10_000, chats: 510))
      PeerRates(command: "python3 '\(script)' \(count)", rates: 2).map { peer.append($0.rates) }
    }
    let theirs = (0..<2).map { part in Sample(peer.map { $0[part] }) }
    return [
      Row(
        "durable intake, messages per s", Sample(floods.map(\.perSecond)),
        beside: [("python3", theirs[0])]),
      Row(
        "durable intake, per processor s", Sample(floods.map(\.perProcessorSecond)),
        beside: [("python3", theirs[1])]),
      Row("a letter meanwhile, median, ms", Sample(floods.map { $0.keys.sorted().percentile(50) })),
      Row("a letter meanwhile, 99th, ms", Sample(floods.map { $0.keys.sorted().percentile(99) })),
    ]
  }

  /// Floods a console that has a profile of this size.
  func flood(messages: Int, chats: Int) async throws -> Flood {
    let profile = try await profiles.copy(messages: messages, chats: chats)
    let servers = try QuietServers()
    let tercet = try MeasuredProgram.tercet(profile.path, servers: servers.settings)
    let terminal = try tercet.open()
    while !servers.max.hasGuests { terminal.watch(seconds: 0.05) }
    terminal.press(tercet.opening)
    // Until the notices of the start have gone, which may lie over what is typed.
    terminal.watch(seconds: 12)
    // Made beforehand: the server is to be no slower than the program.
    let batches = stride(from: 0, to: count, by: 500).map { first in
      Feed.pushes(first..<min(first + 500, count))
    }
    let store = try BenchStore.open(Profile(directory: profile.path))
    let figures = ProcessFigures(process: terminal.process)
    var flood = Flood()
    let before = figures.processorTime
    let start = nanoseconds()
    // Not the main actor's: that one waits for what the terminal shows.
    let sending = Task.detached { [max = servers.max] in
      for batch in batches where !Task.isCancelled { await max.send(batch) }
    }
    let last = count - 1
    while Double(nanoseconds() - start) / 1e9 < patience {
      // A key now and then; the answer is waited for among all that is written.
      let letter = String(KeyFigure.letters[flood.keys.count % KeyFigure.letters.count])
      terminal.forget()
      let pressed = nanoseconds()
      terminal.press(letter)
      let moment = terminal.moment(of: letter, within: 2)
      flood.keys.append(moment.map { Double($0 - pressed) / 1e6 } ?? 2000)
      terminal.watch(seconds: 0.02)
      if try await store.messages.message(Feed.chatKey(last), "\(Feed.id(last))") != nil { break }
    }
    flood.seconds = Double(nanoseconds() - start) / 1e9
    flood.processor = (figures.processorTime - before) / 1e3
    flood.stored = try await stored(in: store)
    sending.cancel()
    terminal.end()
    await sending.value
    await servers.stop()
    return flood
  }

  /// Messages of the flood that are in the store.
  private func stored(in store: Store) async throws -> Int {
    try await store.database.read { connection in
      try (0..<Feed.dialogs).reduce(0) { sum, dialog in
        let count: Int? = try connection.first(
          "SELECT count(*) AS count FROM message WHERE chat = ? AND at >= ?",
          [Feed.chatKey(dialog), Feed.start]
        ) { try $0.get("count") }
        return sum + (count ?? 0)
      }
    }
  }
}
