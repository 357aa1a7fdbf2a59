import Phrases
import Storage
import Testing

@testable import Domain
@testable import Interface
@testable import ScreenState
@testable import ViewModels

/// Signing in to MAX, devices and calls, as they look.
@MainActor @Suite struct AccessGoldenTests {
  private let both = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

  private func expect(_ state: ScreenState, _ name: String, sizes: [Size]? = nil) throws {
    for size in sizes ?? both {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  private func wizard(_ page: WizardState) async throws -> ScreenState {
    var state = try await Scene().screen
    state.dialog = .wizard(page)
    return state
  }

  @Test func waysIntoMax() async throws {
    let start = try await Scene.maxPage()
    try expect(start, "max-start")
    try expect(try await wizard(Sample.scanPage), "max-scan")
    // Without room for a code its text can still be opened.
    try expect(
      try await wizard(Sample.scanPage), "max-scan", sizes: [Size(columns: 60, rows: 20)])
    try expect(try await wizard(Sample.captchaPage), "max-captcha")
    try expect(try await wizard(Sample.tokenPage), "max-token")
    try expect(try await wizard(Sample.passwordPage), "max-password")
    var flooded = start
    if case .wizard(var page)? = flooded.dialog {
      page.problem = "Слишком много попыток. Wait a while; trying on makes it longer."
      page.note = Phrase.pauseFor.with("MAX", "4 min")
      flooded.dialog = .wizard(page)
    }
    try expect(flooded, "max-pause")
  }

  @Test func devices() async throws {
    var state = try await Scene.inUse().screen
    state.dialog = .devices(Sample.devices)
    try expect(state, "devices")
    var failed = Sample.devices
    failed.devices = nil
    failed.problem = "There is no connection to MAX. Wait, or press R to try again."
    state.dialog = .devices(failed)
    try expect(state, "devices-failed", sizes: [Size(columns: 80, rows: 24)])
  }

  @Test func aQuestion() async throws {
    let scene = try await Scene.inUse()
    await scene.show(.halted(true))
    await scene.press(.character("L"))
    let sizes = [(120, 40), (80, 24), (40, 12)].map { Size(columns: $0.0, rows: $0.1) }
    try expect(scene.screen, "question", sizes: sizes)
  }

  @Test func theLine() async throws {
    let scene = try await Scene.inUse()
    await scene.show(.call(Sample.ringing))
    var state = scene.screen
    state.dialog = .line(Sample.line)
    try expect(state, "line")
  }

  @Test func aReply() async throws {
    let scene = try await Scene.inUse()
    await scene.press(.alt("b"))
    await scene.show(.call(Sample.ringing))
    await scene.press(.alt("m"), .paste("Перезвоню через час"))
    try expect(scene.screen, "reply")
  }

  @Test func callsOfOnesOwn() async throws {
    let scene = try await Scene.inUse()
    await scene.show(
      .callLog(
        changed: [
          CallRecord(
            service: .max, conversationId: "o", callerId: "1", calleeId: "7",
            calleeName: "Мария Иванова",
            kind: .audio, at: Sample.ago(minutes: 2), state: .ended),
          CallRecord(
            service: .max, conversationId: "t", callerId: "1", calleeId: "5", calleeName: "Павел",
            kind: .video,
            at: Sample.ago(minutes: 1), state: .ended, duration: 312_000),
        ], removed: []))
    scene.model.focus(.calls)
    await scene.press(.home)
    try expect(scene.screen, "calls-own")
    await scene.press(.enter)
    try expect(scene.screen, "call-own", sizes: [Size(columns: 80, rows: 24)])
  }
}

extension Scene {
  /// The wizard's page for MAX, filled in.
  static func maxPage() async throws -> ScreenState {
    let scene = try await Scene(isSandbox: true)
    await scene.press(
      .character("S"), .enter, .control("u"), .paste("+79990001122"), .tab, .right)
    return scene.screen
  }
}
