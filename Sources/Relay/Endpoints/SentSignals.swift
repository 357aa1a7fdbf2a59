import Synchronization

/// What one connection was sent and has not acknowledged. Ids count from 0 on each connection.
final class SentSignals: Sendable {
  /// How far the queue has been sent, in which of the connection's languages.
  struct Position {
    let sequence: Int64
    fileprivate let changes: Int
  }

  private struct State {
    var language: SocketFormat
    var changes = 0
    /// Whether the client has said anything.
    var isSure = false
    var last: Int64 = 0
    var next: UInt64 = 0
    var sequences: [UInt64: Int64] = [:]
  }

  private let state: Mutex<State>

  init(_ language: SocketFormat) { state = Mutex(State(language: language)) }

  var position: Position {
    state.withLock { Position(sequence: $0.last, changes: $0.changes) }
  }

  /// An id for a signal that goes out now; nil if the language has changed since `position`, and all
  /// is to be sent anew.
  func next(_ sequence: Int64, since position: Position) -> (id: UInt64, SocketFormat)? {
    state.withLock { state in
      guard state.changes == position.changes else { return nil }
      defer { state.next += 1 }
      state.last = sequence
      state.sequences[state.next] = sequence
      return (state.next, state.language)
    }
  }

  /// The client has said something in this language; true if it is another one than was spoken.
  ///
  /// Throws a refusal if it has spoken the other one before: one connection, one language.
  func speak(_ language: SocketFormat) throws(RelayRefusal) -> Bool {
    let (isOther, wasSure) = state.withLock { state in
      let (isOther, wasSure) = (language != state.language, state.isSure)
      state.isSure = true
      if isOther, !wasSure {
        state.language = language
        state.changes += 1
        state.last = 0
        state.sequences = [:]
      }
      return (isOther, wasSure)
    }
    guard isOther else { return false }
    guard !wasSure else { throw .invalid }
    return true
  }

  func take(_ id: UInt64) -> Int64? { state.withLock { $0.sequences.removeValue(forKey: id) } }
}
