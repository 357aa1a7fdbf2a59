import Languages
import MaxService
import OneMe
import Phrases
import Testing
import Trading
import TradingService

@testable import Accounts
@testable import Database
@testable import Domain

/// What a server means by its codes is said in the language of the console, and not in the server's.
@Suite struct KnownErrorTests {
  private let refusal = OneMeRefusal(
    code: "error.code.wrong", detail: "Wrong code", explanation: "Неверный код")

  @Test("A known code has the console's words; an unknown one the server's")
  func maxCodes() {
    let error = UserError(OneMeError.refused(refusal))
    #expect(error.code == "error.code.wrong" && error.kind == .credentials)
    #expect(error.sentences == "This code is wrong. Enter the code again.")
    Vocabulary.$ofTask.withValue(Language.russian.vocabulary) {
      let error = UserError(OneMeError.refused(refusal))
      #expect(error.sentences == "Неверный код. Введите код ещё раз.")
    }
    let unknown = OneMeRefusal(code: "error.new", explanation: "Что-то новое")
    #expect(UserError(OneMeError.refused(unknown)).message == "Что-то новое")
  }

  @Test("No message or hint of a known kind is English in a Russian console")
  func maxKinds() {
    let codes = [
      "login.token", "client.unsupported-version", "error.limit.violate", "auth.invalid.code",
      "error.code.expired", "error.phone.wrong", "error.password.wrong", "captcha",
      "login.blocked", "error.user.restricted.send", "attachment.not.ready", "not.found",
      "proto.state", "service.unavailable",
    ]
    Vocabulary.$ofTask.withValue(Language.russian.vocabulary) {
      for code in codes {
        let error = UserError(OneMeError.refused(OneMeRefusal(code: code, detail: "english words")))
        #expect(!error.sentences.contains("english"), "\(code): \(error.sentences)")
        #expect(error.hint.contains { "а"..."я" ~= $0 }, "\(code): \(error.hint)")
      }
      for text in ["Invalid signature", "Invalid API key", "Nonce has already been used"] {
        let error = UserError(TradingError.refused(TradingRefusal(text: text), text: text))
        #expect(!error.sentences.contains { "a"..."h" ~= $0 }, "\(error.sentences)")
      }
      #expect(UserError(DatabaseError.diskFull).message.contains("Диск"))
    }
  }

  @Test(
    "Why a message has not gone is said in the reader's language, of an unknown error as it came")
  func failures() {
    let blocked = SendFailure.answered(words: "Аккаунт заблокирован", advice: .seeApp)
    #expect(blocked.sentences == "MAX has blocked this account. The MAX app says more.")
    let other = SendFailure.answered(words: "Что-то новое", advice: .tryAgain)
    #expect(other.sentences == "Что-то новое. Try again.")
  }

  @Test("States of orders are words of the language; what is stored and printed stays as it is")
  func states() {
    #expect(OrderStatus.filled.word == "FILLED" && OrderStatus.notSent.word == "NOT SENT")
    Vocabulary.$ofTask.withValue(Language.russian.vocabulary) {
      #expect(OrderStatus.filled.word == "ИСПОЛНЕНА" && OrderStatus.filled.text == "FILLED")
      #expect(OrderStatus.other("ODD").word == "ODD")
      #expect(spanText(milliseconds: 12_000) == "12 с")
    }
  }
}
