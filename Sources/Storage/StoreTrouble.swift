import Synchronization

/// Whether something could not be stored of late, so that somebody can be told when that is over.
package final class StoreTrouble: Sendable {
  /// How many writes had been kept when one failed; nil while none has.
  private let before = Mutex<Int?>(nil)

  /// Something could not be stored.
  ///
  /// - Parameter writes: that have been kept so far.
  package func begin(after writes: Int) { before.withLock { $0 = writes } }

  /// Whether it is over with that many writes kept; true once only.
  package func isOver(after writes: Int) -> Bool {
    before.withLock { before in
      guard let least = before, writes > least else { return false }
      before = nil
      return true
    }
  }
}
