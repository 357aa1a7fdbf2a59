import Cryptography
import Domain
import MaxService
import TextSecureService
import TradingService

@testable import Accounts

extension [ServiceDescriptor] {
  /// The services of the program.
  static var all: [ServiceDescriptor] { [.max, .trading, .textsecure] }
}

/// The ways into the services as tests ask for them.
extension SignIn {
  /// By a code sent to a phone.
  static func toMax(phone: String, replace: Bool = false) -> SignIn {
    SignIn(
      service: .max, answers: SignInAnswers(way: "code", ["phone": Secret(phone)]),
      replace: replace)
  }

  static func byScan(replace: Bool = false) -> SignIn {
    SignIn(service: .max, answers: SignInAnswers(way: "qr"), replace: replace)
  }

  static func byToken(
    _ token: Secret, device: String, replace: Bool = false
  ) -> SignIn {
    SignIn(
      service: .max,
      answers: SignInAnswers(way: "token", ["token": token, "device": Secret(device)]),
      replace: replace)
  }

  static func toTextSecure(
    number: String, voice: Bool = false, url: String? = nil, replace: Bool = false
  ) -> SignIn {
    var answers = SignInAnswers(way: voice ? "voice" : "sms", ["number": Secret(number)])
    if let url { answers.set("url", Secret(url)) }
    return SignIn(service: .textsecure, answers: answers, replace: replace)
  }

  static func toTrading(
    key: String, secret: Secret, dialect: String? = nil, keyOrder: String? = nil,
    replace: Bool = false
  ) -> SignIn {
    var answers = SignInAnswers(["key": Secret(key), "secret": secret])
    if let dialect { answers.set("dialect", Secret(dialect)) }
    if let keyOrder { answers.set("key-order", Secret(keyOrder)) }
    return SignIn(service: .trading, answers: answers, replace: replace)
  }
}
