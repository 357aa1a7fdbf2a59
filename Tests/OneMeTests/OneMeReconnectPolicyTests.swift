import Cryptography
import Testing
import Transport

@testable import OneMe

/// The waits between connections.
struct OneMeReconnectPolicyTests {
  private let lost = OneMeError.transport(.closed(.endOfFile))

  @Test func climbsAndStaysAtTheTop() {
    var policy = OneMeReconnectPolicy(random: Middle())
    let waits = (0..<8).map { _ in delay(&policy, lost) }
    #expect(waits == [1, 2, 5, 10, 15, 30, 30, 30])
  }

  @Test func spreadsEachWaitByAQuarter() {
    for seed in 0..<50 {
      var policy = OneMeReconnectPolicy(random: SeededRandom(seed: UInt64(seed)))
      let wait = policy.delay(after: lost, online: nil, at: .zero)
      #expect(wait >= .milliseconds(750) && wait <= .milliseconds(1250))
    }
  }

  @Test func startsAgainOnlyAfterALineThatHeld() {
    var policy = OneMeReconnectPolicy(random: Middle())
    #expect(delay(&policy, lost) == 1)
    #expect(delay(&policy, lost, online: .seconds(59)) == 2)
    #expect(delay(&policy, lost, online: .seconds(60)) == 1)
  }

  @Test(arguments: [
    (OneMeError.refused(OneMeRefusal(code: "login.flood")), 900.0),
    (.transport(.upgradeRefused(status: 429, headers: [:])), 900),
    (.refused(OneMeRefusal(code: "something.else")), 60),
    (.refused(OneMeRefusal(code: "service.unavailable")), 1),
    (.transport(.upgradeRefused(status: 503, headers: [:])), 1),
  ])
  func waitsLongerAfterRefusals(error: OneMeError, seconds: Double) {
    var policy = OneMeReconnectPolicy(random: Middle())
    #expect(delay(&policy, error) == seconds)
  }

  @Test func staysWithinTheLoginsServersAllow() {
    var policy = OneMeReconnectPolicy(random: Middle())
    var now = Duration.zero
    for _ in 0..<OneMeReconnectPolicy.loginLimit {
      policy.noteLogin(at: now)
      now += .seconds(60)
    }
    // The first of them leaves the window half an hour after it was made.
    #expect(delay(&policy, lost, online: .seconds(60), at: now) == 900)
    policy.noteLogin(at: .seconds(1800))
    #expect(delay(&policy, lost, online: .seconds(60), at: .seconds(1860)) == 1)
  }

  private func delay(
    _ policy: inout OneMeReconnectPolicy, _ error: OneMeError, online: Duration? = nil,
    at now: Duration = .zero
  ) -> Double {
    policy.delay(after: error, online: online, at: now) / .seconds(1)
  }
}

/// Randomness whose fraction is one half, so that jitter is nothing.
struct Middle: RandomSource {
  func bytes(_ count: Int) -> [UInt8] { [0x80] + [UInt8](repeating: 0, count: max(0, count - 1)) }
}
