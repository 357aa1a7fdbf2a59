import Clocks
import Cryptography
import Glibc
import Sandbox
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Domain
@testable import MaxService
@testable import ScreenState
@testable import ViewModels

/// Clocks that are set, and time zones that change, while the console runs.
@MainActor @Suite(.timeLimit(.minutes(10))) struct ClockTests {
  private static let hours: Int64 = 6 * 3_600_000

  @Test("A countdown goes on by the time that passes, whatever the wall clock is set to")
  func countdown() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      await hub.close()
      await fixture.sandbox.stop()
      let console = ConsoleFixture(fixture)
      func left(_ screen: ScreenState) -> Int64? {
        if case .waiting(let until)? = screen.lamp(.max) { until - screen.uptime } else { nil }
      }
      let before = try await console.eventually("a countdown") { left($0) }
      #expect((1...60_000).contains(before))
      fixture.time.setWallTime(fixture.time.wallTime - Self.hours)
      #expect(left(console.screen) == before)
    }
  }

  @Test("Notices, typing and flashes end when their time is over, with the wall clock set back")
  func marks() throws {
    let model = try HubFixture.emptyModel()
    let clock = model.context.time as? ManualTime
    let time = try #require(clock)
    model.context.notices.show(NoticeText(.info, "read this"))
    model.chats.showTyping(in: "max:1", by: "Ира", until: model.context.uptime + 8000)
    time.setWallTime(time.wallTime - Self.hours)
    #expect(model.screen.notices.count == 1)
    let expiry = try #require(model.screen.untilExpiry)
    #expect(expiry <= .seconds(6))
    time.advance(by: .seconds(6))
    #expect(model.screen.notices.isEmpty)
    #expect(model.chats.typist(in: "max:1") == "Ира")
    time.advance(by: .seconds(2))
    #expect(model.chats.typist(in: "max:1") == nil)
    // Set forward it takes nothing away before its time.
    model.context.notices.show(NoticeText(.info, "and this"))
    time.setWallTime(time.wallTime + Self.hours)
    #expect(model.screen.notices.count == 1)
  }

  @Test("A changed time zone shows in the next picture")
  func zone() async {
    // In a process of its own: the zone is everybody's.
    await #expect(processExitsWith: .success) {
      try await MainActor.run {
        setenv("TZ", "AAA-3", 1)
        let environment = AccountEnvironment(
          store: try .inMemory(), network: Network(), time: ManualTime(wallTime: 0),
          random: SeededRandom(seed: 1))
        let model = ConsoleModel(
          hub: AccountHub(environment: environment, settings: HubSettings(), services: .all),
          zone: .system)
        @MainActor func clock() -> String {
          LocalTime(milliseconds: model.screen.now, zone: model.screen.zone).clock
        }
        let before = clock()
        setenv("TZ", "BBB-5", 1)
        guard before == "03:00", clock() == "05:00" else { exit(1) }
      }
    }
  }
}
