import Testing
import Transport

@testable import OneMe

/// What errors mean and how they read.
struct OneMeRefusalTests {
  @Test(arguments: [
    ("login.token", OneMeRefusal.Kind.signInAgain), ("login.cred", .signInAgain),
    ("login.unheard-of", .signInAgain), ("FAIL_LOGOUT_ALL", .signInAgain),
    ("login.blocked", .blocked), ("auth.blocked", .blocked), ("error.profile.blocked", .blocked),
    ("login.flood", .flood), ("error.limit.violate", .flood), ("code.limit", .flood),
    ("too.many.requests", .flood), ("error.too_many_attempts", .flood),
    ("error.limit.messages", .flood), ("rate-limit", .flood),
    ("auth.invalid.code", .wrongCode), ("error.code.expired", .codeExpired),
    ("error.phone.wrong", .wrongPhone), ("client.unsupported-version", .clientTooOld),
    ("proto.state", .notSignedIn), ("proto.payload", .protocolMismatch),
    ("chat.not-found", .notFound), ("service.unavailable", .serverBusy),
    ("error.user.restricted.send", .notAllowed), ("attachment.not.ready", .notReady),
    ("error.password.wrong", .wrongPassword), ("auth.captcha.required", .captchaNeeded),
    ("Error message description", .other),
  ])
  func classifies(code: String, kind: OneMeRefusal.Kind) {
    #expect(OneMeRefusal(code: code).kind == kind)
  }

  @Test func knowsADeadSessionByItsDetail() {
    #expect(OneMeRefusal(code: "whatever", detail: "FAIL_LOGOUT_ALL").kind == .signInAgain)
  }

  @Test func choosesTheBestText() {
    #expect(
      OneMeRefusal(code: "c", detail: "d", title: "Сессия завершена", explanation: "Войдите").text
        == "Сессия завершена: Войдите")
    #expect(OneMeRefusal(code: "c", detail: "d", explanation: "Войдите").text == "Войдите")
    #expect(OneMeRefusal(code: "c", detail: "d").text == "d (c)")
    #expect(OneMeRefusal(code: "Error message description").text == "Error message description")
  }

  @Test func saysATitleOnce() {
    #expect(
      OneMeRefusal(code: "c", title: "Ошибка", explanation: "Ошибка: service.unavailable").text
        == "Ошибка: service.unavailable")
    #expect(OneMeRefusal(code: "c", title: "Ошибка", explanation: "ошибка").text == "ошибка")
  }

  @Test(
    arguments: [
      ("service.unavailable", "auth forbidden", OneMeRefusal.Kind.codesRefused),
      ("service.unavailable", nil, .codesRefused), ("auth.forbidden", nil, .codesRefused),
      ("error.phone.wrong", "Phone", .wrongPhone), ("code.limit", nil, .flood),
    ] as [(String, String?, OneMeRefusal.Kind)])
  func knowsWhereNoCodesAreSent(code: String, detail: String?, kind: OneMeRefusal.Kind) {
    #expect(OneMeRefusal(code: code, detail: detail).ofCode.kind == kind)
  }

  @Test func cutsLongTexts() {
    let long = String(repeating: "ы", count: 5000)
    #expect(OneMeRefusal(code: long, title: long).text.count == 500)
    let oneCharacter = "e" + String(repeating: "\u{301}", count: 5000)
    #expect(OneMeRefusal(code: oneCharacter).code.unicodeScalars.count == 500)
  }

  @Test func onlySomeErrorsNeedAPerson() {
    for code in ["login.token", "login.blocked", "client.unsupported-version"] {
      #expect(OneMeError.refused(OneMeRefusal(code: code)).needsPerson)
    }
    #expect(OneMeError.signedOut.needsPerson)
    #expect(OneMeError.transport(.insecure("ws://example.org")).needsPerson)
    for code in ["login.flood", "service.unavailable", "proto.state"] {
      #expect(!OneMeError.refused(OneMeRefusal(code: code)).needsPerson)
    }
    #expect(!OneMeError.transport(.closed(.endOfFile)).needsPerson)
  }
}
