import Clocks
import Transport

/// The one wake-up that a server's agenda waits for.
struct Alarm: Sendable {
  private let time: any TimeSource
  private var deadline: Duration?
  private var task: Task<Void, Never>?

  init(time: any TimeSource) { self.time = time }

  /// Rings once the uptime clock reaches `next`; replaces an earlier setting, nil silences.
  mutating func set(_ next: Duration?, ring: @escaping @Sendable () async -> Void) {
    guard next != deadline else { return }
    deadline = next
    task?.cancel()
    task = next.map { [time] next in
      Task {
        do {
          try await time.sleep(for: next - time.uptime)
          await ring()
        } catch {
          // Cancelled: another setting took its place.
        }
      }
    }
  }

  /// To be called when it rang, so that the same time can be set again.
  mutating func rang() {
    deadline = nil
    task = nil
  }
}
