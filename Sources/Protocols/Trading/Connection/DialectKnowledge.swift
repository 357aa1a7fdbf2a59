import Synchronization

/// What is known of a server's spoken: what is in use, and which of it has proved right.
///
/// What has not is tried the other way when a question that changes nothing is refused, once for each
/// question. A swap never tries anything.
final class DialectKnowledge: Sendable {
  private struct State {
    var spoken: SpokenDialect
    var areNamesProven = false
    var isEmptyProven = false
    /// How many refusals may still be provoked; nil for any number.
    var refusalsLeft: Int?
  }

  private let state: Mutex<State>

  /// - Parameter refusals: how many refused questions are borne; nil for any number.
  init(_ spoken: SpokenDialect, bearing refusals: Int? = nil) {
    state = Mutex(State(spoken: spoken, refusalsLeft: refusals))
  }

  var spoken: SpokenDialect { state.withLock { $0.spoken } }
  /// How many refusals may still be provoked; nil for any number.
  var refusalsLeft: Int? { state.withLock { $0.refusalsLeft } }

  /// Speaks so from now on.
  func adopt(_ spoken: SpokenDialect) { state.withLock { $0.spoken = spoken } }

  /// A question was refused.
  func noteRefusal() {
    state.withLock { state in
      state.refusalsLeft = state.refusalsLeft.map { max(0, $0 - 1) }
    }
  }

  /// A question was answered as it was put.
  func noteSuccess(of operation: Operation) {
    state.withLock { state in
      switch operation {
      case .balances: state.isEmptyProven = true
      case .estimate: state.areNamesProven = true
      default: break
      }
    }
  }

  /// How to put a refused question once more; nil where no other way would change anything.
  func alternative(for operation: Operation, after refusal: TradingRefusal) -> SpokenDialect? {
    state.withLock { state in
      var other = state.spoken
      switch (operation, refusal) {
      case (.balances, .invalidSignature), (.balances, .badRequest), (.balances, .other):
        guard !state.isEmptyProven else { return nil }
        other.dialect.empty = other.dialect.empty.other
      case (.estimate, .invalidSignature):
        // Authentication passed, so the secret is right: perhaps the server re-writes the data in
        // another order before hashing it.
        other.keyOrder = other.keyOrder == .sorted ? .documented : .sorted
      case (.estimate, .badRequest), (.estimate, .other):
        guard !state.areNamesProven else { return nil }
        other.dialect.names = other.dialect.names.other
      default: return nil
      }
      guard state.refusalsLeft == 0 else { return other }
      // No more refusals are borne: the other names are taken untried, and learned anew if need be.
      if other.dialect != state.spoken.dialect { state.spoken = other }
      return nil
    }
  }
}
