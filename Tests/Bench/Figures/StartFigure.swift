/// How long it takes from the start of a program until words are on the screen.
@MainActor struct StartFigure {
  let profiles: Profiles
  let peers: [MeasuredProgram]
  let runs: Int

  /// One start: what passed, and the processor time that it took.
  struct Start {
    var milliseconds: [Double] = []
    var processor: [Double] = []

    mutating func add(_ program: MeasuredProgram, isCounted: Bool) throws {
      let terminal = try PseudoTerminal(program.command, environment: program.environment)
      let moment = terminal.moment(of: program.marker, within: 60)
      let processor = ProcessFigures(process: terminal.process).processorTime
      guard let moment else {
        throw PseudoTerminal.Failure(description: "\(program.name) does not start")
      }
      // What comes after the first picture belongs to no start.
      terminal.settle(quiet: 150, within: 1)
      terminal.end()
      guard isCounted else { return }
      milliseconds.append(Double(moment - terminal.started) / 1e6)
      self.processor.append(processor)
    }
  }

  func rows() async throws -> [Row] {
    let small = try await profiles.copy(messages: 10_000, chats: 510)
    let large = try await profiles.copy(messages: 1_000_000, chats: 5_000)
    let programs =
      [try MeasuredProgram.tercet(small.path), try MeasuredProgram.tercet(large.path)] + peers
    var starts = programs.map { _ in Start() }
    // In turns, so that whatever else the machine does hits them alike. The first start warms up.
    for run in 0...runs {
      for (index, program) in programs.enumerated() {
        try starts[index].add(program, isCounted: run > 0)
      }
    }
    let passed = starts.map { Sample($0.milliseconds) }
    let spent = starts.map { Sample($0.processor) }
    let names = peers.map(\.name)
    func row(_ figure: String, _ index: Int, _ samples: [Sample?]) -> Row {
      Row(figure, samples[index], beside: zip(names, samples.dropFirst(2)).map { ($0, $1) })
    }
    return [
      row("words on screen, 10 k messages, ms", 0, passed),
      row("words on screen, 1 M messages, ms", 1, passed),
      row("processor to there, 10 k messages, ms", 0, spent),
      row("processor to there, 1 M messages, ms", 1, spent),
    ]
  }
}
