import Glibc
import TestSupport

/// What programs do while nobody presses a key: with silent accounts, and where something happens.
@MainActor struct IdleFigure {
  let profiles: Profiles
  let peers: [MeasuredProgram]
  let runs: Int
  /// Of each run.
  private let seconds = 10.0

  private struct Idling {
    var wakeUps: [Double] = []
    var processor: [Double] = []
    var bytes: [Double] = []
  }

  func rows() async throws -> [Row] {
    let profile = try await profiles.copy(messages: 10_000, chats: 510)
    let servers = try QuietServers()
    let tercet = try MeasuredProgram.tercet(profile.path, servers: servers.settings)
    // All at once: they have nothing to do, so that none disturbs another.
    var terminals = try ([tercet] + peers).map { ($0.name, try $0.open()) }
    let silent = watch(terminals.map(\.1))
    for (_, terminal) in terminals { terminal.end() }
    terminals = []
    await servers.stop()

    let lively = try await LivelyConsole()
    let console = try lively.program.open()
    let living = watch([console])
    console.end()
    lively.stop()

    func row(
      _ figure: String, _ part: (Idling) -> [Double]
    ) -> Row {
      let samples = silent.map { Sample(part($0)) }
      return Row(
        figure, samples[0], beside: Array(zip(peers.map(\.name), samples.dropFirst())))
    }
    return [
      row("idle, wake-ups per s", \.wakeUps), row("idle, processor, ms per s", \.processor),
      row("idle, bytes per s", \.bytes),
      Row("lively sandbox, wake-ups per s", Sample(living[0].wakeUps)),
      Row("lively sandbox, processor, ms per s", Sample(living[0].processor)),
      Row("lively sandbox, bytes per s", Sample(living[0].bytes)),
    ]
  }

  private func watch(_ terminals: [PseudoTerminal]) -> [Idling] {
    // What follows a start: logins, round trips, what is put off.
    for terminal in terminals { terminal.watch(seconds: 25 / Double(terminals.count)) }
    var all = terminals.map { _ in Idling() }
    for _ in 0..<runs {
      awaitMinute()
      for terminal in terminals {
        terminal.settle(quiet: 0)
        terminal.forget()
      }
      let figures = terminals.map { ProcessFigures(process: $0.process) }
      var counters = figures.map { WakeUpCounter($0) }
      let before = figures.map(\.processorTime)
      let start = nanoseconds()
      for _ in 0..<Int(seconds) {
        // What several write fits into their terminals' buffers: nobody has to read beside them.
        if terminals.count == 1 { terminals[0].watch(seconds: 1) } else { usleep(1_000_000) }
        for index in counters.indices { counters[index].look() }
      }
      let span = Double(nanoseconds() - start) / 1e9
      for (index, terminal) in terminals.enumerated() {
        all[index].wakeUps.append(Double(counters[index].count) / span)
        all[index].processor.append((figures[index].processorTime - before[index]) / span)
        terminal.settle(quiet: 0)
        all[index].bytes.append(Double(terminal.written.count) / span)
      }
    }
    return all
  }

  /// Where a clock on the screen would show another minute meanwhile, that minute is waited for.
  private func awaitMinute() {
    let second = time(nil) % 60
    if Double(second) > 59 - seconds { sleep(UInt32(61 - second)) }
  }
}
