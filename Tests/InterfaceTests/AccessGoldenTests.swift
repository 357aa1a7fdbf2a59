import Phrases
import Testing

@testable import Interface
@testable import ScreenState

/// Signing in to MAX, devices and calls, as they look.
@Suite struct AccessGoldenTests {
  private let both = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

  private func expect(_ state: ScreenState, _ name: String, sizes: [Size]? = nil) throws {
    for size in sizes ?? both {
      try Golden.expect(
        ScreenLayout(state).canvas(size), "\(name)-\(size.columns)x\(size.rows)")
    }
  }

  private func wizard(_ page: WizardState) -> ScreenState {
    var state = Sample.empty
    state.dialog = .wizard(page)
    return state
  }

  @Test func waysIntoMax() throws {
    try expect(wizard(Sample.startPage), "max-start")
    try expect(wizard(Sample.scanPage), "max-scan")
    // Without room for a code its text can still be opened.
    try expect(wizard(Sample.scanPage), "max-scan", sizes: [Size(columns: 60, rows: 20)])
    try expect(wizard(Sample.captchaPage), "max-captcha")
    try expect(wizard(Sample.tokenPage), "max-token")
    try expect(wizard(Sample.passwordPage), "max-password")
    var flooded = Sample.startPage
    flooded.problem = "Слишком много попыток. Wait a while; trying on makes it longer."
    flooded.note = Phrase.pauseFor.with("MAX", "4 min")
    try expect(wizard(flooded), "max-pause")
  }

  @Test func devices() throws {
    var state = Sample.screen
    state.dialog = .devices(Sample.devices)
    try expect(state, "devices")
    var failed = Sample.devices
    failed.devices = nil
    failed.problem = "There is no connection to MAX. Wait, or press R to try again."
    state.dialog = .devices(failed)
    try expect(state, "devices-failed", sizes: [Size(columns: 80, rows: 24)])
  }

  @Test func aQuestion() throws {
    var state = Sample.screen
    state.status.isHalted = true
    var question = ChoiceState(
      title: Phrase.signOutTitle.with("MAX"),
      introduction: Phrase.signOutOfMaxLoses.with("12"),
      options: [
        .init(id: "no", label: Phrase.staySignedIn.text),
        .init(id: "yes", label: Phrase.signOutNow.text),
      ])
    question.selection = 0
    question.isQuestion = true
    question.hints = [Hint(key: "Enter", label: "choose"), Hint(key: "Esc", label: "leave")]
    state.dialog = .choice(question)
    let sizes = [(120, 40), (80, 24), (40, 12)].map { Size(columns: $0.0, rows: $0.1) }
    try expect(state, "question", sizes: sizes)
  }

  @Test func theLine() throws {
    var state = Sample.screen
    state.ring = Sample.ring
    state.dialog = .line(Sample.line)
    try expect(state, "line")
  }

  @Test func aReply() throws {
    var state = Sample.screen
    state.ring = Sample.ring
    state.ring?.isSilent = true
    state.dialog = .form(
      FormState(
        title: Phrase.replyTitle.text, introduction: [Phrase.replyIntroduction.with("Павел")],
        inputs: [
          .init(label: Phrase.replyLabel.text, field: FieldState(text: "Перезвоню через час"))
        ],
        hints: [Hint(key: "Enter", label: "send"), Hint(key: "Esc", label: "leave")]))
    try expect(state, "reply")
  }

  @Test func callsOfOnesOwn() throws {
    var state = Sample.screen
    state.calls.rows.insert(
      CallRow(
        id: "o", caller: "Мария Иванова", isOutgoing: true, isVideo: false,
        at: Sample.ago(minutes: 2), outcome: .ended), at: 0)
    state.calls.rows.insert(
      CallRow(
        id: "t", caller: "Павел", isOutgoing: true, isVideo: true, at: Sample.ago(minutes: 1),
        talk: 312_000, outcome: .ended), at: 0)
    state.focus = .calls
    try expect(state, "calls-own")
    state.dialog = .call(state.calls.rows[0])
    try expect(state, "call-own", sizes: [Size(columns: 80, rows: 24)])
  }
}
