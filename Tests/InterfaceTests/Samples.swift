import MaxService
import TextSecureService
import TradingService

@testable import ScreenState

/// States of dialogs that only a server's answer brings about; everything else is drawn from the models
/// themselves, see `Scene`.
enum Sample {
  /// 2026-11-21 12:44:07 UTC, a Saturday.
  static let now: Int64 = 1_795_265_047_000

  static func ago(minutes: Int64 = 0, seconds: Int64 = 0) -> Int64 {
    now - minutes * 60_000 - seconds * 1000
  }

  static var ticket: TicketState {
    var ticket = TicketState(mode: .sandbox)
    ticket.amount = FieldState(text: "1.5")
    ticket.from = FieldState(text: "ETH")
    ticket.to = FieldState(text: "USDT")
    ticket.available = "2.2"
    ticket.hints = [Hint(key: "Enter", label: "quote"), Hint(key: "Esc", label: "leave")]
    return ticket
  }

  static var review: TicketState {
    var ticket = ticket
    ticket.stage = .review
    ticket.quote = .init(
      expectedOut: "3245.67", price: "2163.78", minimumOut: "3235.93",
      route: "ETH → USDT  pool 0x88e6…5640", fee: "0.003", validUntil: 5600,
      receivedAt: -4400, before: "3246.10", change: "−0.01 %",
      warnings: ["The pool is shallow: this swap moves the price by 1.2 %."],
      afterFrom: "ETH 0.7", afterTo: "USDT 3 346.90")
    ticket.hints = [
      Hint(key: "Shift-C", label: "swap now"), Hint(key: "e", label: "edit"),
      Hint(key: "Esc", label: "leave"),
    ]
    return ticket
  }

  static var codePage: WizardState {
    var wizard = WizardState(
      title: "MAX: the code", introduction: ["Type the code that was sent to +7 900 000-00-00."],
      page: .form(
        inputs: [.init(label: "Code", field: FieldState(text: "12", style: .code(places: 6)))],
        selection: 0), step: 2, steps: 4)
    wizard.problem = "That code is wrong. 2 attempts are left."
    wizard.delivered = "The sandbox sent an SMS to +7 900 000-00-00: 123456"
    wizard.note = "A new code can be asked for in 24 s."
    wizard.hints = [Hint(key: "Enter", label: "check"), Hint(key: "Esc", label: "back")]
    return wizard
  }
}
