import Clocks
import Synchronization

/// Uploads that the server has worked through, and who waits for one.
final class UploadTracker: Sendable {
  private struct State {
    var ready = 0
    var pauses: [Int: Pause] = [:]
    var last = 0
  }

  private let state = Mutex(State())

  /// How many the server has told of.
  var ready: Int { state.withLock { $0.ready } }

  /// Another one is ready: nobody need wait any longer to try.
  func noteReady() {
    let pauses = state.withLock { state in
      state.ready += 1
      return Array(state.pauses.values)
    }
    for pause in pauses { pause.cut() }
  }

  /// Waits until more than `seen` are ready, or for `duration`, or until the task is cancelled.
  func wait(after seen: Int, atMost duration: Duration, time: any TimeSource) async {
    let waiting = state.withLock { state -> (number: Int, pause: Pause)? in
      guard state.ready == seen else { return nil }
      state.last += 1
      let pause = Pause(duration, time: time)
      state.pauses[state.last] = pause
      return (state.last, pause)
    }
    guard let waiting else { return }
    await waiting.pause.finish()
    state.withLock { $0.pauses[waiting.number] = nil }
  }
}
