import FoundationEssentials
import Glibc

/// What the system knows of a running process.
struct ProcessFigures {
  let process: pid_t

  /// All processor time that its threads have had, those that are gone too, in milliseconds.
  var processorTime: Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else {
      return .nan
    }
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  /// How often each of its threads has gone to sleep by itself, and so was woken.
  var wakeUps: [String: Int] {
    var counts: [String: Int] = [:]
    for thread in threads {
      counts[thread] = field("voluntary_ctxt_switches:", in: "task/\(thread)/status")
    }
    return counts
  }

  /// Megabytes of memory, what is shared with others divided among them; nil where the system does
  /// not say: the program forbids looks into its memory, so that only the superuser is told.
  var memory: Double? { field("Pss:", in: "smaps_rollup").map { Double($0) * 1024 / 1e6 } }

  private var threads: [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
    } catch {
      // It has ended.
      return []
    }
  }

  /// The number after a name in one of its files.
  private func field(_ name: String, in file: String) -> Int? {
    guard let stream = fopen("/proc/\(process)/\(file)", "r") else { return nil }
    defer { fclose(stream) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), stream) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix(name) else { continue }
      let words = text.dropFirst(name.count).split(whereSeparator: \.isWhitespace)
      return words.first.flatMap { Int($0) }
    }
    return nil
  }
}

/// Counts how often a process is woken, while its threads come and go.
struct WakeUpCounter {
  private let figures: ProcessFigures
  private var known: [String: Int]
  private(set) var count = 0

  init(_ figures: ProcessFigures) {
    self.figures = figures
    known = figures.wakeUps
  }

  /// To be called every second: what a thread does after the last call before its end is not counted.
  mutating func look() {
    let now = figures.wakeUps
    for (thread, wakeUps) in now { count += wakeUps - (known[thread] ?? 0) }
    known = now
  }
}

/// All processor time of the bench itself, in milliseconds.
func ownProcessorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}
