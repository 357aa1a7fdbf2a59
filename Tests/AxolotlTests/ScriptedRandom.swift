import Cryptography
import Synchronization

/// Gives out the bytes that it was given, in order.
final class ScriptedRandom: RandomSource {
  private let rest: Mutex<[[UInt8]]>

  init(_ answers: [[UInt8]]) { rest = Mutex(answers) }

  func bytes(_ count: Int) -> [UInt8] {
    rest.withLock { rest in
      precondition(rest.first?.count == count, "the script has no \(count) bytes at this place")
      return rest.removeFirst()
    }
  }
}
