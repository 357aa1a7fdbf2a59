import Domain
import MaxService
import Storage

/// The same with ten thousand, a hundred thousand and a million messages in 5,000 chats. Processor
/// times, which say more of growth than the clock.
@MainActor struct GrowthFigure {
  let profiles: Profiles
  let runs: Int
  private let chats = 5_000
  private let sizes = [10_000, 100_000, 1_000_000]
  private let openings = 20
  private let searches = 100
  /// As many as the console asks for. Words that fewer messages have are left out: in a small store
  /// there would be less to read.
  private let page = 50

  func rows() async throws -> [Row] {
    var starts: [[Double]] = []
    var opened: [[Double]] = []
    var appended: [[Double]] = []
    var found: [[Double]] = []
    for size in sizes {
      let profile = try await profiles.copy(messages: size, chats: chats)
      let tercet = try MeasuredProgram.tercet(profile.path)
      starts.append(try start(tercet))
      opened.append(try open(tercet))
      found.append(try await search(profile))
      let intake = IntakeFigure(profiles: profiles, script: "", runs: 1)
      let flood = try await intake.flood(messages: size, chats: chats)
      appended.append([1000 / flood.perProcessorSecond])
    }
    return [
      row("start, 1 M messages, processor, ms", starts),
      row("open a chat, 1 M messages, processor, ms", opened),
      row("append a message, 1 M, processor, ms", appended),
      row("search, 1 M messages, processor, ms", found),
    ]
  }

  private func row(_ figure: String, _ values: [[Double]]) -> Row {
    Row(
      figure, Sample(values[2]),
      beside: [("with 100 k", Sample(values[1])), ("with 10 k", Sample(values[0]))])
  }

  private func start(_ program: MeasuredProgram) throws -> [Double] {
    var start = StartFigure.Start()
    for run in 0...runs { try start.add(program, isCounted: run > 0) }
    return start.processor
  }

  /// Opens chats one after another, down the list.
  private func open(_ program: MeasuredProgram) throws -> [Double] {
    let terminal = try program.open()
    terminal.settle(quiet: 500, within: 3)
    let figures = ProcessFigures(process: terminal.process)
    var times: [Double] = []
    for _ in 0..<openings {
      let before = figures.processorTime
      terminal.press(program.opening)
      terminal.settle(quiet: 60, within: 2)
      times.append(figures.processorTime - before)
      // Back to the list, which is what Escape does when it has stood alone for a while.
      terminal.press("\u{1b}")
      terminal.settle(quiet: 150, within: 1)
      terminal.press("\u{1b}[B")
      terminal.settle(quiet: 60, within: 1)
    }
    terminal.end()
    return times
  }

  private func search(_ profile: ProfileCopy) async throws -> [Double] {
    let store = try BenchStore.open(Profile(directory: profile.path))
    var chance = Chance(seed: 8)
    let words = Words.shared
    var times: [Double] = []
    for number in 0...searches {
      let query = SearchQuery(words.text(1, &chance))
      let before = ownProcessorTime()
      let found = try await store.messages.search(query, limit: page)
      let time = ownProcessorTime() - before
      if number > 0, found.next != nil { times.append(time) }
    }
    return times
  }
}
