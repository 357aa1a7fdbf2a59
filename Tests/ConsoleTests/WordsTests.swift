import MaxService
import OneMe
import Phrases
import Testing

@testable import Accounts
@testable import Domain

@Suite struct LocalTimeTests {
  private func at(_ milliseconds: Int64) -> LocalTime {
    LocalTime(milliseconds: milliseconds, zone: .utc)
  }

  private let saturday: Int64 = 1_795_265_047_123  // 2026-11-21 12:44:07.123 UTC

  @Test func parts() {
    let time = at(saturday)
    #expect(time.clock == "12:44")
    #expect(time.clockWithSeconds == "12:44:07")
    #expect(time.date == "2026-11-21")
    #expect(time.weekday == 6)
    #expect(saturday.iso8601 == "2026-11-21T12:44:07.123Z")
  }

  @Test func dates() {
    let today = at(saturday)
    #expect(today.longDate(today: today) == "Saturday 21 November")
    #expect(today.longDate(today: at(saturday - 365 * 86_400_000)) == "Saturday 21 November 2026")
    let day: Int64 = 86_400_000
    let midnight = saturday - saturday % day
    #expect(at(midnight).short(today: today) == "00:00")
    #expect(at(midnight - 1).short(today: today) == "yesterday")
    #expect(at(midnight - day - 1).short(today: today) == "19 Nov")
    #expect(at(saturday - 365 * day).short(today: today) == "2025-11-21")
    #expect(at(midnight).isSameDay(as: today))
    #expect(!at(midnight + day).isSameDay(as: today))
  }

  @Test("Moments before 1970 keep their order")
  func early() {
    #expect(Int64(-1).iso8601 == "1969-12-31T23:59:59.999Z")
    #expect(Int64(0).iso8601 == "1970-01-01T00:00:00.000Z")
    #expect(at(-1).short(today: at(0)) == "yesterday")
  }

  @Test("No number is too large or too small", arguments: [Int64.min, .min + 1, .max])
  func extremes(_ milliseconds: Int64) {
    #expect(!at(milliseconds).short(today: at(0)).isEmpty)
    #expect(!at(milliseconds).longDate(today: at(0)).isEmpty)
    #expect(milliseconds.iso8601.hasSuffix("Z"))
  }
}

@Suite struct SpanTests {
  @Test(
    arguments: zip(
      [
        -5, 0, 99, 100, 9_999, 10_000, 59_999, 60_000, 3_599_999, 3_600_000, 86_399_999, 86_400_000,
      ],
      [
        "0.0 s", "0.0 s", "0.0 s", "0.1 s", "9.9 s", "10 s", "59 s", "1 min", "59 min", "1 h",
        "23 h", "1 d",
      ]))
  func span(_ milliseconds: Int64, _ text: String) {
    #expect(spanText(milliseconds: milliseconds) == text)
  }

  @Test(
    arguments: zip(
      [-1, 0, 7_999, 60_000, 725_000, 3_600_000],
      ["0:00", "0:00", "0:07", "1:00", "12:05", "60:00"]))
  func stopwatch(_ milliseconds: Int64, _ text: String) {
    #expect(stopwatchText(milliseconds: milliseconds) == text)
  }
}

@Suite struct PhraseTests {
  @Test func holes() {
    #expect(Phrase.controlAdd.with("Ира", "Павел") == "Ира added Павел")
    #expect(Phrase.isCalling.with("Ира", "nobody") == "Ира is calling")
    #expect(Phrase.controlAdd.with("Ира") == "Ира added {}")
    #expect(Phrase.controlAdd.with("{}", "b") == "{} added b", "an argument is no template")
  }

  @Test func calendar() {
    #expect(Phrase.weekdays.count == 7)
    #expect(Phrase.months.count == 12)
  }
}

@Suite struct SentenceTests {
  @Test(
    "A server that asks for patience: the words say what to do, and do not call it unreachable",
    arguments: [
      (
        OneMeError.refused(OneMeRefusal(code: "too.many.requests", explanation: "Слишком много")),
        "MAX has had too many requests: there were too many attempts"
      ),
      (
        .transport(.upgradeRefused(status: 429, headers: [:])),
        "MAX cannot be reached: the server has had too many connections (HTTP 429)"
      ),
    ])
  func patience(cause: OneMeError, words: String) {
    let error = UserError.noConnection(.max, because: UserError(cause))
    #expect(error.message == words)
    #expect(error.hint == "Wait a while; trying on makes it longer")
    #expect(error.retryAfterMs != nil && error.kind == .noConnection)
    let other = UserError.noConnection(.max, because: UserError(OneMeError.timedOut(.logIn)))
    #expect(other.message.hasPrefix("MAX cannot be reached: ") && other.retryAfterMs == nil)
  }

  @Test("An error reads as two sentences however the layer below ended its own")
  func sentences() {
    let error = UserError(.failed, code: "x", "It broke.", hint: "Mend it")
    #expect(error.sentences == "It broke. Mend it.")
    #expect(
      UserError(.failed, code: "x", "It broke", hint: "Mend it.").sentences == error.sentences)
    #expect(UserError(.diskFull).sentences.first == "T")
    #expect(
      !UserError(.noReply(operation: "swap", after: .seconds(10))).sentences.contains(".."))
    #expect(!UserError(.signedOut).sentences.contains(".."))
  }
}
