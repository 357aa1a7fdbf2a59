/// The memory of programs, what they share with others divided among them.
@MainActor struct MemoryFigure {
  let profiles: Profiles
  let peers: [MeasuredProgram]
  let runs: Int
  /// More of them are not gone through, however slowly that goes.
  private let patience = 180.0
  private let messages = 100_000

  func rows(telling tell: (String) -> Void) async throws -> [Row] {
    let profile = try await profiles.copy(messages: 10_000, chats: 510)
    let long = try await profiles.copy(messages: messages, chats: 1)
    let servers = try QuietServers()
    let tercet = try MeasuredProgram.tercet(profile.path, servers: servers.settings)
    var rest: [[Double]] = []
    for program in [tercet] + peers {
      rest.append(try (0..<min(runs, 3)).compactMap { _ in try memory(of: program) })
    }
    if rest[0].isEmpty { tell("memory is told to the superuser alone: run the bench as root") }
    let scroller = try MeasuredProgram.tercet(long.path, servers: servers.settings)
    let (before, after, isWhole) = try scrolled(scroller)
    if !isWhole { tell("scrolling was given up after \(Int(patience)) s") }
    await servers.stop()
    let samples = rest.map { Sample($0) }
    return [
      Row(
        "memory (PSS) after the start, MB", samples[0],
        beside: Array(zip(peers.map(\.name), samples.dropFirst()))),
      Row(
        "memory, 100 k messages scrolled, MB", after.map { Sample($0) },
        beside: [("its start", before.map { Sample($0) })]),
    ]
  }

  private func memory(of program: MeasuredProgram) throws -> Double? {
    let terminal = try program.open()
    terminal.settle(quiet: 1000, within: 4)
    let memory = ProcessFigures(process: terminal.process).memory
    terminal.end()
    return memory
  }

  /// Opens the one long chat and goes up to its first message.
  private func scrolled(
    _ program: MeasuredProgram
  ) throws -> (before: Double?, after: Double?, isWhole: Bool) {
    let terminal = try program.open()
    terminal.settle(quiet: 500, within: 4)
    let figures = ProcessFigures(process: terminal.process)
    let before = figures.memory
    terminal.press(program.opening)
    terminal.settle(quiet: 300)
    let end = nanoseconds() + UInt64(patience * 1e9)
    var isWhole = false
    while !isWhole, nanoseconds() < end {
      terminal.forget()
      for _ in 0..<10 { terminal.press("\u{1b}[5~") }
      terminal.settle(quiet: 50, within: 5)
      isWhole = terminal.written.count < 20
    }
    let after = figures.memory
    terminal.end()
    return (before, after, isWhole)
  }
}
