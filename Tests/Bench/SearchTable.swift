import Clocks
import Domain
import FoundationEssentials
import Glibc
import Transport

/// Searches in very many messages, and openings of chats of which some are as long.
enum SearchTable {
  static func print(script: String) async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/tercet-bench-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let start = SystemTime().uptime
    let bench = try await SearchBench(directory: directory)
    let seconds = (SystemTime().uptime - start) / .seconds(1)
    var status = stat()
    stat(directory + "/tercet.db", &status)
    let megabytes = status.st_size / 1_000_000
    Swift.print(
      "\(SearchBench.count) messages stored and indexed in \(Int(seconds)) s, \(megabytes) MB")
    Swift.print(columns("", "p50 ms", "p95 ms", "python3 p50", "ratio", "LIKE ms"))
    for query in bench.queries {
      let times = try await bench.times(of: query.words, in: query.chat, count: 200).sorted()
      let peer = SearchPeer(
        script: script, database: directory + "/tercet.db", words: query.words, chat: query.chat)
      Swift.print(
        columns(
          query.name, number(times[100]), number(times[190]),
          peer.map { number($0.index) } ?? "-",
          peer.map { number(times[100] / $0.index) } ?? "-", peer.map { number($0.scan) } ?? "-"))
    }
    let opening = await OpeningBench(bench.store)
    for (row, count) in [SearchBench.shortCount, SearchBench.count].enumerated() {
      let times = await opening.times(row: row, count: 100).sorted()
      Swift.print(
        columns("open a chat of \(count), to its picture", number(times[50]), number(times[95])))
    }
    await opening.close()
  }

  private static func columns(_ name: String, _ rest: String...) -> String {
    name + String(repeating: " ", count: max(0, 44 - name.count))
      + rest.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
  }

  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}

/// Python's SQLite on the same file: the same question to the index, and reading every text.
struct SearchPeer {
  /// Milliseconds, the median.
  let index: Double
  let scan: Double

  init?(script: String, database: String, words: String, chat: ChatID?) {
    guard
      let pipe = popen("python3 '\(script)' '\(database)' '\(words)' '\(chat?.text ?? "")'", "r")
    else { return nil }
    var line = [CChar](repeating: 0, count: 128)
    var numbers: [Double] = []
    while fgets(&line, Int32(line.count), pipe) != nil {
      let text = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
      numbers.append(Double(String(decoding: text, as: UTF8.self)) ?? 0)
    }
    guard pclose(pipe) == 0, numbers.count == 2 else { return nil }
    (index, scan) = (numbers[0], numbers[1])
  }
}

/// How long something takes.
func milliseconds(_ work: () async throws -> Void) async throws -> Double {
  let clock = SystemTime()
  let start = clock.uptime
  try await work()
  return (clock.uptime - start) / .milliseconds(1)
}

func logarithm(_ value: Double) -> Double { log(value) }
func exponential(_ value: Double) -> Double { exp(value) }
