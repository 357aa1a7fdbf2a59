/// Measures the way of a message, beside another implementation of the same ratchet, and the search in
/// very many messages, beside Python's SQLite on the same file. It judges nothing: the numbers are the
/// machine's.
///
/// The arguments are the compiled `ratchet_peer`, `trading_peer.js` and `search_peer.py` of
/// Tests/Peers; with `search` before them only the search is measured, with `keys` only how long a key
/// takes to its picture.
@main
struct Bench {
  private static let count = 5000
  private static let storedCount = 1000
  /// Of each text, in bytes.
  private static let size = 100

  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "profile" {
      return try await ProfileCommand.run(Array(arguments.dropFirst()))
    }
    try await printKeys()
    if arguments.first == "keys" { return }
    if arguments.first != "search" {
      try await printRatchet(arguments.first { $0.hasSuffix("ratchet_peer") })
      try await printTrading(arguments.first { $0.hasSuffix(".js") })
    }
    try await SearchTable.print(script: arguments.last { $0.hasSuffix(".py") } ?? "")
  }

  private static func printKeys() async throws {
    let keys = try await KeyBench()
    for (name, times) in await keys.times(count: 400) {
      let sorted = times.sorted().map { ($0 * 100).rounded() / 100 }
      print("\(name): p50 \(sorted[200]) ms, p95 \(sorted[380]) ms")
    }
    await keys.close()
    print("")
  }

  private static func printRatchet(_ program: String?) async throws {
    let peer = program.flatMap {
      PeerRates(command: "'\($0)' measure \(count) \(size)", rates: 3)
    }
    print(Row.heading(peer: "libsignal-c/s"))
    for row in try await rows(peer) { print(row.text) }
    print("Messages of \(size) bytes; each reads the stored session and writes it back.")
    print("For envelopes the peer only decrypts: it has neither envelope nor disk.")
    print("")
  }

  private static func printTrading(_ script: String?) async throws {
    let node = script.flatMap {
      PeerRates(command: "node '\($0)' \(TradingBench.count)", rates: 2)
    }
    print(Row.heading(peer: "node/s"))
    let trading = try TradingBench()
    for row in try await trading.rows(beside: node?.rates) { print(row.text) }
    print("The peer runs the trading document's own client code.")
    print("")
  }

  private static func rows(_ peer: PeerRates?) async throws -> [Row] {
    let text = [UInt8](repeating: 0x78, count: size)
    var ends = try RatchetBench()
    var messages: [[UInt8]] = []
    let encrypted = try await rate(count) {
      for _ in 0..<count { messages.append(try ends.alice.encrypt(text)) }
    }
    let decrypted = try await rate(count) {
      for message in messages { _ = try ends.bob.decrypt(message) }
    }
    let turns = try await rate(count) {
      for number in 0..<count {
        if number % 2 == 0 {
          _ = try ends.alice.decrypt(try ends.bob.encrypt(text))
        } else {
          _ = try ends.bob.decrypt(try ends.alice.encrypt(text))
        }
      }
    }
    let envelopes = try await EnvelopeBench(count: storedCount, size: size)
    let stored = try await rate(storedCount) { try await envelopes.run() }
    try envelopes.clean()
    return [
      Row(name: "encrypt, one chain", ours: encrypted, peer: peer?.rates[0]),
      Row(name: "decrypt, one chain", ours: decrypted, peer: peer?.rates[1]),
      Row(name: "ping-pong turn (a DH step each)", ours: turns, peer: peer?.rates[2]),
      Row(name: "envelope, ratchet and durable store", ours: stored, peer: peer?.rates[1]),
    ]
  }
}
