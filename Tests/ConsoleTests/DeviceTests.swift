import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState

/// Where MAX is signed in, and signing out there.
@MainActor @Suite(.timeLimit(.minutes(10))) struct DeviceTests {
  @Test("Devices are listed; all others are signed out after a question")
  func closesOthers() async throws {
    try await HubFixture.run { fixture in
      let other = fixture.hub(store: try .inMemory())
      try await fixture.signInToMax(other)
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let before = try #require(try await fixture.store.accounts.account(.max)?.secret)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the lamp") { $0.lamp(.max) == .online }
      console.press(.character("A"))
      let devices = try await console.eventually("two devices") { screen in
        screen.devices?.devices.flatMap { $0.count == 2 ? $0 : nil }
      }
      #expect(devices.map(\.isCurrent) == [true, false])
      #expect(devices[0].location == "127.0.0.1")
      console.press(.character("X"))
      #expect(console.screen.question?.introduction.contains(": 1.") == true)
      console.press(.character("X"), .enter)
      #expect(console.screen.devices != nil, "a no leads back")
      #expect(fixture.tape.requests("97") == 0)
      console.press(.character("X"), .down, .enter)
      try await console.until("one device") { $0.devices?.devices?.count == 1 }
      console.press(.character("X"))
      #expect(console.screen.question == nil)
      #expect(console.screen.notices.last?.text == Phrase.noOtherDevice.text)
      // The token that is good from now on is the one that is kept.
      try await hub.eventually("another token") { [store = fixture.store] in
        try await store.accounts.account(.max)?.secret == before ? nil : true
      }
      console.press(.escape)
      #expect(console.screen.dialog == nil)

      let lost = try await other.eventually("the other stopped") {
        let line = try await other.lines(of: ShowStatus()).first
        return line?.state == "stopped" ? line : nil
      }
      #expect(lost.service == .max)
      #expect(try await other.failure(of: ListDevices()).kind == .credentials)
      await hub.close()
      let again = fixture.hub()
      #expect(try await again.lines(of: ListDevices()).count == 1)
    }
  }

  @Test("Signing out is told to the server, and what it sent is forgotten here")
  func signsOut() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      try await hub.eventually("the calls") { [store = fixture.store] in
        try await store.calls.recent(limit: 9).count == 4 ? true : nil
      }
      try await hub.run(SignOut(service: .max)) { _ in }
      #expect(fixture.tape.requests("20") == 1)
      #expect(try await fixture.store.calls.recent(limit: 9).isEmpty)
      #expect(try await fixture.store.chats.all(.max).isEmpty)
      #expect(try await fixture.store.settings.value(.callCursor) == nil)
    }
  }
}

extension ScreenState {
  fileprivate var devices: DevicesState? {
    if case .devices(let state)? = dialog { state } else { nil }
  }
}
