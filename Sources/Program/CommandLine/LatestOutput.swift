import Synchronization

/// The newest line of a request that tells how far it has come. Nothing is taken in any more once
/// somebody has taken it out: a request that was given up may still have something to say.
final class LatestOutput<Line: Sendable>: Sendable {
  private let state = Mutex<(line: Line?, isOver: Bool)>((nil, false))

  func set(_ line: Line) {
    state.withLock { state in
      if !state.isOver { state.line = line }
    }
  }

  func take() -> Line? {
    state.withLock { state in
      state.isOver = true
      return state.line
    }
  }
}
