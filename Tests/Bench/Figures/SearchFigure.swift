import Clocks
import Domain
import FoundationEssentials
import Glibc
import Transport

/// Searches in very many messages, and openings of chats of which some are as long.
@MainActor enum SearchFigure {
  static func rows(
    script: String, telling tell: @MainActor (String) -> Void
  ) async throws -> [Row] {
    let directory = FileManager.default.temporaryDirectory.path + "/tercet-bench-\(getpid())"
    defer { remove(directory) }
    let start = SystemTime().uptime
    let bench = try await SearchBench(directory: directory)
    let seconds = (SystemTime().uptime - start) / .seconds(1)
    var status = stat()
    stat(directory + "/tercet.db", &status)
    let bytes = Int(status.st_size) / SearchBench.count
    tell("\(SearchBench.count) messages indexed in \(Int(seconds)) s, \(bytes) bytes each")
    var rows: [Row] = []
    for query in bench.queries {
      let times = try await bench.times(of: query.words, in: query.chat, count: 200)
      // Nobody else reads a sealed one.
      let peer =
        BenchStore.isSealed
        ? nil
        : SearchPeer(
          script: script, database: directory + "/tercet.db", words: query.words,
          chat: query.chat)
      rows.append(
        Row(
          "find \(query.name), ms", Sample(times),
          beside: [
            ("python3", peer.map { Sample($0.index) }), ("LIKE", peer.map { Sample($0.scan) }),
          ]))
    }
    let opening = await OpeningBench(bench.store)
    for (row, count) in [SearchBench.shortCount, SearchBench.count].enumerated() {
      let times = await opening.times(row: row, count: 100)
      rows.append(Row("open a chat of \(count), to its picture, ms", Sample(times)))
    }
    opening.close()
    return rows
  }

  private static func remove(_ directory: String) {
    do {
      try FileManager.default.removeItem(atPath: directory)
    } catch {
      print("left behind: \(directory), \(error)")
    }
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
