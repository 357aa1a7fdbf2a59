/// Twenty new sizes of the terminal, one after another, as when a window is dragged.
@MainActor struct ResizeFigure {
  let profiles: Profiles
  let peers: [MeasuredProgram]
  let runs: Int

  func rows() async throws -> [Row] {
    let profile = try await profiles.copy(messages: 100_000, chats: 5_000)
    let servers = try QuietServers()
    let tercet = try MeasuredProgram.tercet(profile.path, servers: servers.settings)
    let all = try ([tercet] + peers).map { program in (program.name, try resize(program)) }
    await servers.stop()
    let processor = all.map { ($0.0, Sample($0.1.processor)) }
    let bytes = all.map { ($0.0, Sample($0.1.bytes)) }
    return [
      Row("20 resizes, processor, ms", processor[0].1, beside: Array(processor.dropFirst())),
      Row("20 resizes, kB written", bytes[0].1, beside: Array(bytes.dropFirst())),
    ]
  }

  private func resize(
    _ program: MeasuredProgram
  ) throws -> (processor: [Double], bytes: [Double]) {
    let terminal = try program.open()
    terminal.settle(quiet: 500, within: 5)
    let figures = ProcessFigures(process: terminal.process)
    var (processor, bytes): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      terminal.forget()
      let before = figures.processorTime
      for number in 0..<20 {
        let isWide = number % 2 == 1
        terminal.resize(columns: isWide ? 120 : 90, rows: isWide ? 40 : 30)
        terminal.settle(quiet: 40, within: 1)
      }
      processor.append(figures.processorTime - before)
      bytes.append(Double(terminal.written.count) / 1000)
    }
    terminal.end()
    return (processor, bytes)
  }
}
