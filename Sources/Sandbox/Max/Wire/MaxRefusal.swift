/// An error answer: the code that programs read and the words that people read
/// (OneMe notes §2.5).
struct MaxRefusal: Error, Equatable, Encodable {
  let error: String
  let message: String
  var localizedMessage: String?
  var title: String?

  private init(
    _ error: String, _ message: String, _ localizedMessage: String? = nil, title: String? = nil
  ) {
    self.error = error
    self.message = message
    self.localizedMessage = localizedMessage
    self.title = title
  }

  static func payload(_ complaint: String) -> MaxRefusal { MaxRefusal("proto.payload", complaint) }
  static func opcode(_ opcode: Int) -> MaxRefusal {
    MaxRefusal("proto.opcode", "Unknown opcode \(opcode)")
  }
  static let notGreeted = MaxRefusal("proto.state", "Session must be initialised with opcode 6")
  static let notOnline = MaxRefusal("proto.state", "Session must be ONLINE")
  static let tooOld = MaxRefusal(
    "client.unsupported-version", "Unsupported client version", "Обновите приложение",
    title: "Версия устарела")
  static let noText = MaxRefusal("proto.version", "Unsupported protocol version")
  /// As the real server says it to web clients: the title is in the words, too.
  static let noCodes = MaxRefusal(
    "service.unavailable", "auth forbidden", "Ошибка: service.unavailable", title: "Ошибка")
  static let wrongPhone = MaxRefusal(
    "error.phone.wrong", "Phone must look like +7XXXXXXXXXX", "Неверный номер телефона")
  static let tooManyCodes = MaxRefusal(
    "code.limit", "Too many codes requested", "Слишком много попыток. Попробуйте позже")
  static let wrongCode = MaxRefusal("error.code.wrong", "Wrong code", "Неверный код")
  static let unknownCodeToken = MaxRefusal(
    "auth.invalid.code", "Unknown verification token", "Запросите новый код")
  static let expiredCode = MaxRefusal(
    "error.code.expired", "Code expired", "Срок действия кода истёк")
  static let tooManyAttempts = MaxRefusal(
    "error.code.attempt.limit", "Too many attempts", "Слишком много попыток. Запросите новый код")
  static let wrongPassword = MaxRefusal(
    "error.password.wrong", "Wrong password", "Неверный пароль")
  static let noTrack = MaxRefusal("track.not.found", "Track not found or expired")
  static let notConfirmed = MaxRefusal("track.not.confirmed", "Login is not confirmed yet")
  static let revokedToken = MaxRefusal(
    "login.token", "FAIL_LOGIN_TOKEN", "Сессия завершена. Войдите заново",
    title: "Сессия завершена")
  static let noChat = MaxRefusal("chat.not.found", "Chat not found", "Чат не найден")
  static let readOnly = MaxRefusal("chat.not.access", "Only admins can post here")
  static let notFound = MaxRefusal("not.found", "Not found")
  static let notReady = MaxRefusal(
    "attachment.not.ready", "Attachment is not processed yet", "Файл ещё обрабатывается")
  static let tooMuch = MaxRefusal(
    "error.limit.violate", "Too many requests", "Слишком много действий. Попробуйте позже")
  static let tooLateToEdit = MaxRefusal(
    "error.edit.timeout", "Message is too old to be edited", "Это сообщение уже нельзя изменить")
  static let restricted = MaxRefusal(
    "error.user.restricted.send", "Sending is restricted by the user",
    "Этому человеку нельзя написать")

  /// Any code, for a fault.
  static func planned(_ error: String) -> MaxRefusal {
    let known = [revokedToken, tooOld, tooMuch, notReady, restricted, noChat, notFound, readOnly]
    return known.first { $0.error == error } ?? MaxRefusal(error, "Refused on purpose")
  }
}
