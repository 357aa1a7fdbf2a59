import COpenSSL
import Synchronization

/// Where unpredictable bytes come from; a parameter, so that tests can repeat a run.
public protocol RandomSource: Sendable {
  /// `count` fresh bytes.
  func bytes(_ count: Int) -> [UInt8]
}

extension RandomSource {
  /// A uniform number in `0 ..< 1`, for jitter: 53 random bits.
  public func fraction() -> Double {
    let bits = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bits >> 11) / Double(UInt64(1) << 53)
  }

  /// `count` random bytes as lower-case hexadecimal text.
  public func hexadecimal(_ count: Int) -> String { Hexadecimal.encode(bytes(count)) }

  /// A random version-4 UUID (RFC 9562 §5.4) in lower case.
  public func uuid() -> String {
    var value = bytes(16)
    value[6] = value[6] & 0x0f | 0x40
    value[8] = value[8] & 0x3f | 0x80
    let text = Hexadecimal.encode(value)
    let cuts = [0, 8, 12, 16, 20, 32]
    return zip(cuts, cuts.dropFirst())
      .map { text.dropFirst($0).prefix($1 - $0) }
      .joined(separator: "-")
  }
}

/// OpenSSL's generator, seeded by the kernel.
public struct SystemRandom: RandomSource {
  /// The one of this machine.
  public init() {}

  /// From the system; ends the program if it has none to give.
  public func bytes(_ count: Int) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    precondition(OpenSSLLifetime.outlivesExit)
    // Running on without randomness would make predictable keys: stop instead.
    precondition(RAND_bytes(&output, Int32(count)) == 1, "the system gives no random bytes")
    return output
  }
}

/// Repeatable bytes from a seed (SHA-256 in counter mode), for tests and for the sandbox's scenario.
public final class SeededRandom: RandomSource {
  private let state: Mutex<(counter: UInt64, pool: [UInt8])>
  private let seed: UInt64

  /// Equal seeds give equal sequences.
  public init(seed: UInt64) {
    self.seed = seed
    state = Mutex((0, []))
  }

  /// The next of the sequence.
  public func bytes(_ count: Int) -> [UInt8] {
    state.withLock { state in
      while state.pool.count < count {
        let block = "tercet \(seed) \(state.counter)"
        state.pool += Digest.sha256.hash(block.utf8)
        state.counter += 1
      }
      defer { state.pool.removeFirst(count) }
      return Array(state.pool.prefix(count))
    }
  }
}
