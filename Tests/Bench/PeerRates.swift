import Glibc

/// What another program does in a second, on this machine and now.
struct PeerRates {
  /// In the order in which it prints them, one a line.
  let rates: [Double]

  /// Runs `command`; nil if it does not run or does not print so many rates.
  init?(command: String, rates count: Int) {
    guard let pipe = popen(command, "r") else { return nil }
    var rates: [Double] = []
    var line = [CChar](repeating: 0, count: 64)
    while fgets(&line, Int32(line.count), pipe) != nil {
      let text = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
      rates.append(Double(String(decoding: text, as: UTF8.self)) ?? 0)
    }
    guard pclose(pipe) == 0, rates.count == count else { return nil }
    self.rates = rates
  }
}
