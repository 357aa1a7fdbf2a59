/// Messages of the ratchet, in memory and on their way to the disk, beside libsignal-protocol-c.
struct RatchetFigure {
  let peer: String
  let runs: Int
  private let count = 5000
  private let storedCount = 1000
  /// Of each text, in bytes.
  private let size = 100

  func rows() async throws -> [Row] {
    var ours: [[Double]] = []
    var theirs: [[Double]] = []
    for _ in 0..<runs {
      ours.append(try await rates())
      PeerRates(command: "'\(peer)' measure \(count) \(size)", rates: 3).map {
        theirs.append($0.rates)
      }
    }
    func row(_ figure: String, _ index: Int, beside peer: Int) -> Row {
      Row(
        figure, Sample(ours.map { $0[index] }),
        beside: [("libsignal-c", Sample(theirs.map { $0[peer] }))])
    }
    return [
      row("encrypt in a chain, per s", 0, beside: 0),
      row("decrypt in a chain, per s", 1, beside: 1),
      row("ping-pong (a DH step each), per s", 2, beside: 2),
      // The peer only decrypts: it has neither envelope nor disk.
      row("envelope to the disk, per s", 3, beside: 1),
    ]
  }

  private func rates() async throws -> [Double] {
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
    try await envelopes.clean()
    return [encrypted, decrypted, turns, stored]
  }
}
