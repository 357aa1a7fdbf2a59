import FoundationEssentials
import Glibc

/// `bench cost NAME`: goes a way by itself. `bench costs`: counts all of them under valgrind, and
/// compares the counts with those that were accepted.
@MainActor enum CostCommand {
  /// How much a count may grow.
  private static let tolerance = 1.05

  static let usage = """
    usage: bench cost NAME…      goes these ways, for a profiler to look at
           bench costs           counts their instructions and allocations under valgrind
           bench costs --against FILE    fails if one has grown by more than 5 %
           bench costs --accept FILE     writes them down as those to compare with

    names:
    \(CostName.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))
    """

  /// Goes ways, with marks around each.
  static func go(_ arguments: [String]) async throws {
    let names = arguments.compactMap(CostName.init(rawValue:))
    guard !names.isEmpty, names.count == arguments.count else { throw Usage(usage) }
    for name in names {
      let path = try await name.path.init()
      // What is made at the first time only is no cost of the way.
      try await path.go(name.count)
      for _ in 0..<CostName.parts {
        costMark()
        try await path.go(name.count)
      }
      costMark()
      await path.close()
    }
  }

  static func count(_ arguments: [String]) async throws {
    switch arguments.count {
    case 0:
      for (name, cost) in try costs().sorted(by: { $0.key < $1.key }) {
        print("\(name): \(cost.instructions) instructions, \(cost.allocations) allocations")
      }
    case 2 where arguments[0] == "--accept":
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try (encoder.encode(try costs()) + Data("\n".utf8)).write(to: URL(filePath: arguments[1]))
      print("written: \(arguments[1])")
    case 2 where arguments[0] == "--against":
      let accepted = try JSONDecoder().decode(
        [String: Cost].self, from: try Data(contentsOf: URL(filePath: arguments[1])))
      let complaints = complaints(try costs(), accepted)
      guard complaints.isEmpty else {
        throw Usage(
          complaints.joined(separator: "\n") + "\nIf that is meant: make accept-costs")
      }
      print("no way costs more than was accepted")
    default: throw Usage(usage)
    }
  }

  private static func costs() throws -> [String: Cost] {
    try CostCount(program: CommandLine.arguments[0]).run()
  }

  private static func complaints(
    _ costs: [String: Cost], _ accepted: [String: Cost]
  ) -> [String] {
    CostName.allCases.flatMap { name -> [String] in
      guard let now = costs[name.rawValue] else { return ["\(name.rawValue): was not counted"] }
      guard let before = accepted[name.rawValue] else {
        return ["\(name.rawValue): no count of it was accepted yet"]
      }
      return [
        complaint(name, "instructions", now.instructions, before.instructions),
        complaint(name, "allocations", now.allocations, before.allocations),
      ].compactMap(\.self)
    }
  }

  private static func complaint(
    _ name: CostName, _ what: String, _ now: Int, _ before: Int
  ) -> String? {
    guard Double(now) > Double(before) * tolerance else { return nil }
    let growth = Sample.digits(Double(now - before) / Double(max(1, before)) * 100)
    return "\(name.rawValue) (\(name.summary)): \(now) \(what), \(growth) % more than \(before)"
  }
}

/// What going a way once costs.
struct Cost: Codable, Equatable {
  var instructions: Int
  var allocations: Int
}
