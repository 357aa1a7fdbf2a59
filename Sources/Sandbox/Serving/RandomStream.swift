import Cryptography

extension RandomSource {
  /// A repeatable choice of one of `0 ..< bound`; the slight bias of the remainder does not matter.
  func below(_ bound: Int) -> Int {
    let bits = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(bits % UInt64(max(bound, 1)))
  }

  /// One element; the collection must not be empty.
  func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// `count` decimal digits.
  func digits(_ count: Int) -> String {
    (0..<count).map { _ in "\(below(10))" }.joined()
  }
}

/// Independent random sources of one run, so that what one part draws never shifts another's.
enum RandomStream: UInt64 {
  case codes = 1, tokens, traffic, prices, orders, keys, relay, echo, nadia

  /// - Parameter run: how often the same world was opened before; the first run goes by the seed.
  func source(seed: UInt64, run: UInt64 = 0) -> SeededRandom {
    SeededRandom(seed: (seed &+ run &* 0x9e37_79b9_7f4a_7c15) &* 1_000_003 &+ rawValue)
  }
}
