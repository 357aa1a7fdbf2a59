import Clocks
import Transport

/// Uploads that the server has worked through, and who waits for one.
struct UploadTracker {
  /// How many the server has told of.
  private(set) var ready = 0
  private var pauses: [Int: Pause] = [:]
  private var last = 0

  /// Another one is ready: nobody need wait any longer to try.
  mutating func noteReady() {
    ready += 1
    for pause in pauses.values { pause.cut() }
  }

  /// Remembers a pause that ends early when an upload is ready; the number takes it out again.
  mutating func add(_ pause: Pause) -> Int {
    last += 1
    pauses[last] = pause
    return last
  }

  mutating func remove(_ number: Int) { pauses[number] = nil }
}
