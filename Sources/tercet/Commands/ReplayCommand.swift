import Console
import FoundationEssentials
import Trading

extension Subcommand {
  static let replay = Subcommand(
    path: ["replay"], operands: "FILE", operandValues: [.file], operandCount: 1...1,
    summary: "play a recorded trading session back through the real client, outages included",
    options: [
      .value("speed", "N", "so many times as fast as it was (default: without waiting)")
    ]
  ) { invocation throws(ConsoleError) in
    let path = invocation.arguments.operands[0]
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .usage("the recording \(path) cannot be read")
    }
    let session: RecordedSession
    do throws(RecordedSession.Flaw) {
      session = try RecordedSession(jsonLines: Array(data))
    } catch {
      throw .usage("line \(error.line) of \(path) is not a recorded frame")
    }
    let speed = try invocation.arguments.integer("speed", in: 1...1000)
    let output = invocation.output
    try await SessionReplay(
      session, speed: speed.map(Double.init), network: invocation.network
    ).run { line in
      switch line {
      case .order(let order): output.line(order, invocation.words(for: order))
      case .balance(let balance): output.line(balance, invocation.words(for: balance))
      }
    }
  }
}
