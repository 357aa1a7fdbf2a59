import Clocks
import Cryptography
import TestSupport
import Testing
import Transport

/// Back-off and deadlines on a clock that the test moves.
struct WaitingTests {
  private struct FixedRandom: RandomSource {
    let byte: UInt8
    func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
  }

  private struct Late: Error, Equatable {}

  @Test func backoffDoublesToItsCapAndStartsAgain() {
    var backoff = Backoff(
      base: .seconds(2), cap: .seconds(30), random: FixedRandom(byte: 0x80))
    // 0x80… is a fraction just above one half.
    let pauses = (0..<6).map { _ in backoff.next().components.seconds }
    #expect(pauses == [1, 2, 4, 8, 15, 15])
    #expect(backoff.attempts == 6)
    for _ in 0..<100 { #expect(backoff.next() <= .seconds(30)) }
    backoff.reset()
    #expect(backoff.next().components.seconds == 1)
  }

  @Test func jitterReachesFromNothingAlmostToTheCeiling() {
    var least = Backoff(base: .seconds(1), random: FixedRandom(byte: 0))
    #expect(least.next() == .zero)
    var most = Backoff(base: .seconds(1), random: FixedRandom(byte: 0xff))
    #expect(most.next() > .milliseconds(999))
    #expect(most.next() < .seconds(2))
  }

  @Test func anOperationInTimeGivesItsOwnOutcome() async throws {
    let time = ManualTime()
    let value = try await withDeadline(.seconds(1), time: time, error: Late()) {
      () async throws(Late) in 7
    }
    #expect(value == 7)
    await #expect(throws: TransportError.cancelled) {
      try await withDeadline(.seconds(1), time: time, error: TransportError.timedOut(.response)) {
        () async throws(TransportError) in throw .cancelled
      }
    }
  }

  @Test func anOperationThatIsLateIsCancelledAndItsErrorThrown() async {
    let time = ManualTime()
    let task = Task {
      try await withDeadline(.seconds(5), time: time, error: Late()) { () async throws(Late) in
        // Ends only by cancellation, which comes with the deadline.
        for await _ in AsyncStream<Void>(unfolding: { try? await time.sleep(for: .seconds(60)) }) {
          if Task.isCancelled { break }
        }
      }
    }
    await time.untilSleeping(2)
    time.advance(by: .seconds(5))
    await #expect(throws: Late()) { try await task.value }
  }
}
