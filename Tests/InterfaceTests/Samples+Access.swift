import MaxService
import Phrases
import TextSecureService
import TradingService

@testable import ScreenState

extension Sample {
  private static let back = Hint(key: "Esc", label: "back")
  private static let goOn = Hint(key: "Enter", label: "go on")

  static var scanPage: WizardState {
    var page = WizardState(
      title: Phrase.maxScanTitle.text, introduction: [Phrase.maxScanIntroduction.text],
      page: .form(inputs: [], selection: 0), step: 3, steps: 4,
      progress: Phrase.waitingForPhone.text, note: Phrase.scanWithin.with("42 s"), hints: [back])
    page.picture = "https://max.example/qr/123e4567-e89b-12d3-a456-426614174000"
    return page
  }

  static var captchaPage: WizardState {
    let link = "https://max.example/captcha/79990001122"
    var page = WizardState(
      title: Phrase.captchaTitle.with("MAX"),
      introduction: [Phrase.captchaIntroduction.with("MAX")],
      page: .form(inputs: [], selection: 0), step: 3, steps: 4, hints: [goOn, back])
    page.picture = link
    return page
  }

  static var tokenPage: WizardState {
    WizardState(
      title: Phrase.maxTokenTitle.text, introduction: [Phrase.maxTokenIntroduction.text],
      page: .form(
        inputs: [
          .init(
            label: "Token", field: FieldState(text: "An_example_of_a_token", style: .secret)),
          .init(
            label: "Device id",
            field: FieldState(placeholder: "123e4567-e89b-12d3-a456-426614174000")),
        ], selection: 0), step: 3, steps: 4,
      problem: "This is no login token. Copy the whole of it, or all that __oneme_auth holds.",
      hints: [Hint(key: "Tab", label: "next"), goOn, back])
  }

  static var passwordPage: WizardState {
    WizardState(
      title: Phrase.passwordTitle.with("MAX"),
      introduction: [
        Phrase.passwordIntroduction.text, Phrase.passwordHint.with("лошадь, но правильная"),
      ],
      page: .form(
        inputs: [.init(label: "Password", field: FieldState(text: "correct", style: .secret))],
        selection: 0), step: 3, steps: 4, delivered: Phrase.sandboxPassword.with("correct horse"),
      hints: [goOn, back])
  }

  static var devices: DevicesState {
    DevicesState(
      accounts: [
        .init(service: .max, state: .online, account: "Ира", roundTrip: 41),
        .init(service: .textsecure, state: .notSetUp),
        .init(service: .trading, state: .waiting(until: 4200)),
      ],
      devices: [
        DevicesState.Device(
          client: "Chrome, Windows", info: "WEB 26.9.8", location: "Москва, Россия",
          lastSeenAt: ago(), isCurrent: true),
        DevicesState.Device(
          client: "MAX для Android", info: "Xiaomi 13T, Android 15 \u{1b}[31m", location: nil,
          lastSeenAt: ago(minutes: 12), isCurrent: false),
        DevicesState.Device(
          client: String(repeating: "очень длинное название ", count: 5), info: nil,
          location: "Unknown", lastSeenAt: ago(minutes: 60 * 24 * 40), isCurrent: false),
      ], selection: 1,
      hints: [
        Hint(key: "Esc", label: "close"), Hint(key: "Shift-X", label: "sign out the others"),
        Hint(key: "r", label: "again"),
      ])
  }

  static var line: LineCheckState {
    LineCheckState(
      caller: "Павел",
      rows: [
        .init(
          url: "stun:videostun.example.org:19302",
          outcome: .good(roundTrip: 23, address: "203.0.113.7:41234")),
        .init(
          url: "turn:turn1.example.org:19302",
          outcome: .good(roundTrip: 31, address: "203.0.113.7:41235")),
        .init(
          url: "turn:turn2.example.org:19302",
          outcome: .bad("The server refused (486: Allocation Quota Reached)")),
        .init(url: "turn:turn3.example.org:19302", outcome: .waiting),
      ], hints: [Hint(key: "Esc", label: "close"), Hint(key: "r", label: "again")])
  }
}
