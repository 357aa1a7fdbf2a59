import Glibc

/// What Debian's libsignal-protocol-c does in a second, on this machine and now.
struct PeerRates {
  let encrypted: Double
  let decrypted: Double
  let turns: Double

  /// Runs the compiled `ratchet_peer`; nil if it does not run.
  init?(program: String, count: Int, size: Int) {
    guard let pipe = popen("'\(program)' measure \(count) \(size)", "r") else { return nil }
    var rates: [Double] = []
    var line = [CChar](repeating: 0, count: 64)
    while fgets(&line, Int32(line.count), pipe) != nil {
      let text = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
      rates.append(Double(String(decoding: text, as: UTF8.self)) ?? 0)
    }
    guard pclose(pipe) == 0, rates.count == 3 else { return nil }
    (encrypted, decrypted, turns) = (rates[0], rates[1], rates[2])
  }
}
