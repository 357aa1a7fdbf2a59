import Cryptography

/// MAX: the phone number, the code sent to it, and the password of an account that has one.
@MainActor
final class MaxSignInModel: SignInSteps {
  private enum Page { case phone, code, password }

  private(set) var form: FormModel
  private(set) var code: CodeDelivery?
  private var page = Page.phone
  private var phone: String
  private let context: ModelContext
  private let onDone: @MainActor (LoginLine?) -> Void

  let pageCount = 2
  var pageNumber: Int { page == .phone ? 1 : 2 }

  /// - Parameters:
  ///   - phone: what stands in its field to begin with.
  ///   - onDone: called when the account is signed in.
  init(
    _ context: ModelContext, phone: String, onDone: @escaping @MainActor (LoginLine?) -> Void
  ) {
    self.context = context
    self.phone = phone
    self.onDone = onDone
    form = FormModel(context, .init(title: ""), [])
    showPhone()
  }

  func back() -> Bool {
    form.giveUp()
    guard page != .phone else { return false }
    showPhone()
    return true
  }

  private func showPhone() {
    page = .phone
    code = nil
    form = FormModel(
      context,
      .init(title: Phrase.maxPhoneTitle.text, introduction: [Phrase.maxPhoneIntroduction.text]),
      [(.phoneLabel, FieldState(text: phone, placeholder: "+79991234567"))])
    form.actions.hints = { signInHints(fields: 1) }
    form.actions.submit = { [weak self] in
      guard let self else { return }
      phone = form.text(0)
      askForCode()
    }
  }

  private func askForCode() { ask(SignInToMax(phone: phone), saying: .askingForCode) }

  private func ask<Call: DeskCall>(_ call: Call, saying phrase: Phrase)
  where Call.Line == SignInLine {
    form.perform(phrase) { [context] () throws(ConsoleError) in
      try await context.desk.lines(of: call).first
    } then: { [weak self] line in
      if let line { self?.take(line) }
    }
  }

  private func take(_ line: SignInLine) {
    switch line.next {
    case .code: showCode(line)
    case .password: showPassword(hint: line.passwordHint)
    case .done: onDone(line.login)
    }
  }

  private func showCode(_ line: SignInLine) {
    page = .code
    code = CodeDelivery(resendAt: context.now + (line.resendAfterMs ?? 30_000)) { [weak self] in
      self?.askForCode()
    }
    form = codeForm(
      context,
      .init(
        title: Phrase.maxCodeTitle.text, introduction: [Phrase.codeIntroduction.with(phone)]),
      digits: line.codeLength ?? 6
    ) { [weak self] in self?.ask(EnterMaxCode(code: $0), saying: .checkingCode) }
  }

  private func showPassword(hint: String?) {
    page = .password
    code = nil
    form = FormModel(
      context,
      .init(
        title: Phrase.maxPasswordTitle.text,
        introduction: [Phrase.maxPasswordIntroduction.text]
          + (hint.map { [Phrase.passwordHint.with($0)] } ?? [])),
      [(.passwordLabel, FieldState(style: .secret))])
    form.actions.hints = { signInHints(fields: 1) }
    form.actions.submit = { [weak self] in
      guard let self else { return }
      ask(EnterMaxPassword(password: Secret(form.text(0))), saying: .checkingPassword)
    }
  }
}
