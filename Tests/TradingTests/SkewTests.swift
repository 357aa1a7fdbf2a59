import Clocks
import TestSupport
import Testing
import Transport

@testable import Trading

/// A server whose clock is not ours, with a window of ±30 s.
@Suite(.timeLimit(.minutes(10))) struct SkewTests {
  static func script(_ skew: Int64, _ time: ManualTime) -> ScriptedServer.Script {
    { message in
      guard let timestamp = message.timestamp else { return .usual }
      let now = time.wallTime + skew
      return abs(timestamp - now) <= 30_000
        ? .usual : .error("Request timestamp outside allowed window")
    }
  }

  @Test(arguments: [
    (3_600_000, "Sat, 21 Nov 2026 13:44:07 GMT"), (-3_600_000, "Sat, 21 Nov 2026 11:44:07 GMT"),
  ])
  func isReadFromTheAnswerToTheUpgrade(skew: Int64, date: String) async throws {
    let time = ManualTime()
    var headers = HTTPHeaders()
    headers["Date"] = date
    var fixture = try ClientFixture(headers: headers, time: time, script: Self.script(skew, time))
    await fixture.connect()
    #expect(fixture.seen.contains(.skew(.milliseconds(skew))))
    #expect(fixture.seen.contains(.warning(.clockOff(.milliseconds(skew)))))
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .pending))
    #expect(fixture.server.log.count("auth") == 3, "none was refused")
    await fixture.end()
  }

  /// A proxy may leave out the date.
  @Test(arguments: [(3_600_000, 3600, 1), (-3_600_000, -3600, 2), (80_000, 90, 5)])
  func isGuessedInStepsOfAuthentication(skew: Int64, guess: Int, refused: Int) async throws {
    let time = ManualTime()
    var headers = HTTPHeaders()
    headers["Date"] = "unknown"
    var fixture = try ClientFixture(headers: headers, time: time, script: Self.script(skew, time))
    await fixture.client.start()
    for _ in 0..<refused { await fixture.time.release(.milliseconds(200)) }
    await fixture.skip { $0 == .state(.online) }
    #expect(fixture.seen.contains(.skew(.seconds(guess))))
    #expect(try await fixture.swap() == .accepted(orderId: "ord_1", status: .pending))
    #expect(fixture.server.log.count("auth") == 3 + refused)
    #expect(fixture.server.log.count("swap") == 1)
    await fixture.end()
  }
}
