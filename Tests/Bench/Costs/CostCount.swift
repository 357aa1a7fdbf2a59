import FoundationEssentials
import Glibc
import TestSupport

/// Counts with valgrind, which runs the bench as on a machine of its own: the same counts every time.
struct CostCount {
  let program: String

  /// What allocates. Swift's own ways lead here too.
  private static let allocators: Set<String> = [
    "malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign", "memalign",
  ]

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// The cost of going each way once.
  func run() throws -> [String: Cost] {
    let place = try ScratchDirectory()
    let names = CostName.allCases.map(\.rawValue)
    let words =
      [
        "valgrind", "--tool=callgrind",
        // In turns: a thread that waits for another would else keep it from running.
        "--fair-sched=yes", "--callgrind-out-file=\(place.file("count"))",
        "--dump-before=*costMark*", "--compress-strings=no", "--compress-pos=no", program,
        "cost",
      ] + names
    // Hashes would else differ from run to run, and with them the order of what is in dictionaries.
    setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
    let log = place.file("log")
    let command = words.map { "'\($0)'" }.joined(separator: " ") + " > '\(log)' 2>&1"
    guard system(command) == 0 else {
      let said = try String(contentsOfFile: log, encoding: .utf8)
      throw Failure(description: "valgrind: \(said.suffix(2000))")
    }
    // Each call of the mark ends a part: what comes before a way, then the way several times.
    var costs: [String: Cost] = [:]
    for (index, name) in CostName.allCases.enumerated() {
      let first = index * (CostName.parts + 1) + 2
      let parts = try (first..<first + CostName.parts).compactMap { part in
        CostCount.read(try String(contentsOfFile: place.file("count.\(part)"), encoding: .utf8))
      }
      guard let instructions = parts.map(\.instructions).min(),
        let allocations = parts.map(\.allocations).min()
      else { throw Failure(description: "valgrind has not counted \(name.rawValue)") }
      costs[name.rawValue] = Cost(
        instructions: instructions / name.count, allocations: allocations / name.count)
    }
    return costs
  }

  /// A part of callgrind's: its total, and the calls of what allocates.
  static func read(_ text: String) -> Cost? {
    var cost = Cost(instructions: -1, allocations: 0)
    var callee: Substring = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("cfn=") {
        callee = line.dropFirst(4)
      } else if line.hasPrefix("calls=") {
        guard allocators.contains(String(callee)) else { continue }
        cost.allocations += Int(line.dropFirst(6).prefix { $0 != " " }) ?? 0
      } else if line.hasPrefix("summary: ") || line.hasPrefix("totals: ") {
        cost.instructions = Int(line.split(separator: " ")[1]) ?? -1
      }
    }
    return cost.instructions > 0 ? cost : nil
  }
}
