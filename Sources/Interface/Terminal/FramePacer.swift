/// Decides when to draw: the first change at once, a storm of changes at most 60 times a second.
struct FramePacer {
  /// Time between two frames.
  static let interval: Duration = .microseconds(16_667)

  private var lastFrame: Duration?
  private var isFrameDue = false

  /// Something changed.
  ///
  /// - Parameter now: on a clock that never jumps.
  /// - Returns: how long from now to draw; nil when that is arranged already.
  mutating func request(at now: Duration) -> Duration? {
    guard !isFrameDue else { return nil }
    isFrameDue = true
    guard let lastFrame else { return .zero }
    return max(.zero, lastFrame + Self.interval - now)
  }

  /// The frame is drawn now.
  mutating func drawn(at now: Duration) {
    isFrameDue = false
    lastFrame = now
  }
}
