import Glibc
import TestSupport

/// How long it takes from a key to the bytes that answer it.
@MainActor struct KeyFigure {
  let profiles: Profiles
  let peers: [MeasuredProgram]
  let runs: Int
  private let keys = 160
  /// What a run may take, in nanoseconds, where answers are slow.
  private let patience: UInt64 = 20_000_000_000

  /// What many keys took.
  struct Times {
    /// Of each run.
    var medians: [Double] = []
    var slow: [Double] = []
    var processor: [Double] = []

    mutating func add(_ times: [Double], processor: Double) {
      let sorted = times.sorted()
      medians.append(sorted.percentile(50))
      slow.append(sorted.percentile(99))
      self.processor.append(processor / Double(max(1, times.count)))
    }
  }

  func rows() async throws -> [Row] {
    let profile = try await profiles.copy(messages: 100_000, chats: 5_000)
    let servers = try QuietServers()
    let tercet = try MeasuredProgram.tercet(profile.path, servers: servers.settings)
    let terminal = try tercet.open()
    terminal.settle(quiet: 500, within: 5)
    var list = Times()
    for _ in 0..<runs { goDown(in: terminal, &list) }
    terminal.press("\u{1b}[H")
    terminal.settle()
    terminal.press(tercet.opening)
    terminal.settle(quiet: 300)
    var idle = Times()
    for _ in 0..<runs { type(in: terminal, &idle) }
    let feed = Feed(by: servers.max, perSecond: 1000)
    var busy = Times()
    terminal.watch(seconds: 1)
    for _ in 0..<runs { type(in: terminal, awaiting: true, &busy) }
    await feed.stop()
    terminal.end()
    await servers.stop()

    let others = try peers.map { peer in
      let terminal = try peer.open()
      terminal.settle(quiet: 500, within: 5)
      var times = Times()
      for _ in 0..<runs { type(in: terminal, &times) }
      return (name: peer.name, times: times)
    }
    func row(_ figure: String, _ times: Times, _ part: (Times) -> [Double]) -> Row {
      let beside = others.map { other in (other.name, Sample(part(other.times))) }
      return Row(figure, Sample(part(times)), beside: beside)
    }
    return [
      row("a letter to bytes, median, ms", idle, \.medians),
      row("a letter to bytes, 99th percentile, ms", idle, \.slow),
      row("a letter, processor, ms", idle, \.processor),
      row("down in 5,000 chats, median, ms", list, \.medians),
      row("down in 5,000 chats, 99th percentile, ms", list, \.slow),
      row("down in 5,000 chats, processor, ms", list, \.processor),
      row("a letter, 1,000 messages/s, median, ms", busy, \.medians),
      row("a letter, 1,000 messages/s, 99th, ms", busy, \.slow),
    ] + (try await pictures())
  }

  /// The same without terminal and store: from a key to its picture in the bench itself.
  private func pictures() async throws -> [Row] {
    let keys = try await KeyBench()
    let rows = keys.times(count: 400).map { name, times in Row("\(name), ms", Sample(times)) }
    keys.close()
    return rows
  }

  /// Letters that stand in no message, so that each is known by itself.
  static let letters = Array("αβγδεζηθικλμνξπρσφψω")

  /// Types letters into a line, one after another.
  ///
  /// - Parameter isBusy: whether other bytes come too, so that the letter itself is waited for.
  private func type(
    in terminal: PseudoTerminal, awaiting isBusy: Bool = false, _ all: inout Times
  ) {
    let letters = KeyFigure.letters
    let figures = ProcessFigures(process: terminal.process)
    var (times, processor): ([Double], Double) = ([], 0)
    var chance = Chance(seed: 7)
    let end = nanoseconds() + patience
    for round in 0..<keys / letters.count where times.isEmpty || nanoseconds() < end {
      let before = figures.processorTime
      for place in letters.indices {
        // No place gets the letter that it had before.
        let letter = String(letters[(place + round) % letters.count])
        times.append(time(letter, in: terminal, awaiting: isBusy ? letter : nil, &chance))
      }
      processor += figures.processorTime - before
      terminal.press(String(repeating: "\u{7f}", count: letters.count))
      if isBusy { terminal.watch(seconds: 0.3) } else { terminal.settle(quiet: 150) }
    }
    all.add(times, processor: processor)
  }

  private func goDown(in terminal: PseudoTerminal, _ all: inout Times) {
    let figures = ProcessFigures(process: terminal.process)
    var chance = Chance(seed: 7)
    let before = figures.processorTime
    let times = (0..<keys).map { _ in
      time("\u{1b}[B", in: terminal, awaiting: nil, &chance)
    }
    all.add(times, processor: figures.processorTime - before)
  }

  /// The milliseconds from a key to the first byte, or to certain words.
  private func time(
    _ key: String, in terminal: PseudoTerminal, awaiting words: String?, _ chance: inout Chance
  ) -> Double {
    let longest = 2.0
    terminal.forget()
    let pressed = nanoseconds()
    terminal.press(key)
    let moment =
      if let words { terminal.moment(of: words, within: longest) } else {
        terminal.momentOfByte(within: longest)
      }
    rest(terminal, words != nil, &chance)
    return moment.map { Double($0 - pressed) / 1e6 } ?? longest * 1e3
  }

  /// Lets the answer end, and so much time pass that no key has the same place between two frames.
  private func rest(_ terminal: PseudoTerminal, _ isBusy: Bool, _ chance: inout Chance) {
    if isBusy { terminal.watch(seconds: 0.01) } else { terminal.settle(quiet: 12, within: 1) }
    usleep(UInt32(chance.index(of: 8000)))
  }
}
