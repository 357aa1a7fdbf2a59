import Domain
import Files
import FoundationEssentials
import Replay
import Trading

extension Subcommand {
  static let replay = Subcommand(
    path: ["replay"], operands: "FILE", operandValues: [.file], operandCount: 1...1,
    summary: "play a recorded trading session back through the real client, outages included",
    options: [
      .value("speed", "N", "so many times as fast as it was (default: without waiting)")
    ],
    isStream: true
  ) { invocation throws(UserError) in
    let path = invocation.arguments.operands[0]
    let lines: [UInt8]
    do throws(FileError) {
      lines = try NamedStream.contents(of: path, limit: recordingLimit)
    } catch {
      throw .usage("the recording \(path) cannot be read: \(error.reason)")
    }
    let session = RecordedSession(jsonLines: lines)
    guard let first = session.unreadable.first ?? (session.frames.isEmpty ? 0 : nil) else {
      return try await invocation.play(session)
    }
    guard !session.frames.isEmpty else {
      throw .usage(
        first == 0 ? "the recording \(path) is empty" : "\(path) has no recorded frame in it")
    }
    let others = session.unreadable.count > 1 ? " and \(session.unreadable.count - 1) more" : ""
    invocation.output.log(
      "tercet: line \(first)\(others) of \(path) is no recorded frame; it is left out.")
    try await invocation.play(session)
  }
}

/// In bytes. It is held in memory as a whole; a session of weeks has less.
private let recordingLimit = 1 << 30

extension Invocation {
  fileprivate func play(_ session: RecordedSession) async throws(UserError) {
    let speed = try arguments.integer("speed", in: 1...1000)
    try await SessionReplay(session, speed: speed.map(Double.init), network: network).run { line in
      switch line {
      case .order(let order): output.line(order, words(for: order))
      case .balance(let balance): output.line(balance, words(for: balance))
      }
    }
  }
}
