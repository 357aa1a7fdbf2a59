import FoundationEssentials
import TestSupport

/// Measures the program from outside, beside others of its kind, and its parts, beside other
/// implementations of the same. It judges nothing: the numbers are the machine's.
@main
@MainActor
struct Bench {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      let rest = Array(arguments.dropFirst())
      switch arguments.first {
      case "profile": try await ProfileCommand.run(rest)
      case "cost": try await CostCommand.go(rest)
      case "costs": try await CostCommand.count(rest)
      case "order": try await FunctionOrder.run(rest)
      case "help", "--help", "-h": print(Settings.usage)
      default: try await Bench(try Settings(arguments)).run()
      }
    } catch let usage as Usage {
      complain(usage.description)
    }
  }

  private let settings: Settings
  private let report: Report
  private let peers: [MeasuredProgram]
  private let profiles: Profiles

  private init(_ settings: Settings) throws {
    self.settings = settings
    report = Report(settings.form)
    profiles = Profiles(directory: settings.profiles)
    let (programs, missing) = try MeasuredProgram.peers()
    peers = programs
    for name in missing { report.note("\(name) is not installed: make bench-deps") }
  }

  private func run() async throws {
    if settings.form == .table { print(Machine.line) }
    report.begin()
    for figure in Figure.allCases where settings.includes(figure) {
      report.add(try await rows(of: figure))
    }
    try report.finish()
  }

  private func rows(of figure: Figure) async throws -> [Row] {
    let runs = settings.runs
    switch figure {
    case .start: return try await StartFigure(profiles: profiles, peers: peers, runs: runs).rows()
    case .keys: return try await KeyFigure(profiles: profiles, peers: peers, runs: runs).rows()
    case .resize: return try await ResizeFigure(profiles: profiles, peers: peers, runs: runs).rows()
    case .idle: return try await IdleFigure(profiles: profiles, peers: peers, runs: runs).rows()
    case .memory:
      return try await MemoryFigure(profiles: profiles, peers: peers, runs: runs).rows {
        report.note($0)
      }
    case .intake:
      let script = settings.fixtures + "/intake_peer.py"
      return try await IntakeFigure(profiles: profiles, script: script, runs: runs).rows()
    case .growth: return try await GrowthFigure(profiles: profiles, runs: runs).rows()
    case .ratchet: return try await RatchetFigure(peer: settings.ratchetPeer, runs: runs).rows()
    case .trading:
      return try await TradingFigure(script: settings.fixtures + "/trading_peer.js", runs: runs)
        .rows()
    case .search:
      return try await SearchFigure.rows(script: settings.fixtures + "/search_peer.py") {
        report.note($0)
      }
    }
  }
}
