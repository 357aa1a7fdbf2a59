import Glibc
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

/// The kernel's generator.
public struct SystemRandom: RandomSource {
  /// More at once the system does not give.
  private static let most = 256

  /// The one of this machine.
  public init() {}

  /// From the system; ends the program if it has none to give.
  public func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { output, filled in
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: output[filled..<count]))
        let part = min(rest.count, SystemRandom.most)
        // Running on without randomness would make predictable keys: stop instead.
        precondition(getentropy(rest.baseAddress, part) == 0, "the system gives no random bytes")
        filled += part
      }
    }
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
