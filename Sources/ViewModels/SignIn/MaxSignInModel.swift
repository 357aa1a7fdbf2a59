import Accounts
import Cryptography
import Domain
import Phrases
import ScreenState

/// MAX: by a code sent to a phone, by a QR code or with a login made elsewhere; then the password of
/// an account that has one.
@MainActor
final class MaxSignInModel: SignInSteps {
  private(set) var form: FormModel
  private(set) var code: CodeDelivery?
  private(set) var sandboxNote: String?
  private var isFirstPage = true
  /// What the fields of the first page held last.
  private var phone: String
  private var way: String
  /// Ways in, the usual one first.
  private let ways: [String]
  /// Until when a code is waited for without a doubt, in wall ms.
  private var codeDoubtedAt: Int64?
  /// Codes to be scanned, while one is on the page.
  private var scan: MaxScanModel?
  /// What stands on the page as a QR code besides.
  private var link: String?
  /// Until when it is no use to ask the server again, in ms of uptime.
  private var pausedUntil: Int64 = 0
  private let context: ModelContext
  private let guide: SandboxGuide?
  private let question: ReplacementQuestion
  /// Whether the person has said that the number may take another one's place.
  private var mayReplace = false
  private let onDone: @MainActor (LoginLine?) -> Void

  let pageCount = 2
  var pageNumber: Int { isFirstPage ? 1 : 2 }
  var picture: String? { scan?.link ?? link }

  var countdown: Int64? {
    [code?.resendAt, codeDoubtedAt, scan?.expiresAt, pausedUntil].compactMap(\.self)
      .filter { $0 > context.uptime }
      .min()
  }

  /// - Parameters:
  ///   - guide: a phone number and a password to begin with, on the sandbox.
  ///   - ask: whether the account may take another one's place.
  ///   - onDone: called when the account is signed in.
  init(
    _ context: ModelContext, guide: SandboxGuide?, ask: @escaping ReplacementQuestion,
    onDone: @escaping @MainActor (LoginLine?) -> Void
  ) {
    self.context = context
    self.guide = guide
    question = ask
    phone = guide?.phone ?? ""
    let (byCode, byQR) = (Phrase.byCode.text, Phrase.byQR.text)
    let isQRFirst = context.desk.settings.usesRealMax
    ways = (isQRFirst ? [byQR, byCode] : [byCode, byQR]) + [Phrase.byToken.text]
    way = ways[0]
    self.onDone = onDone
    form = FormModel(context, .init(title: ""), [])
    showStart()
    askWays()
  }

  func back() -> Bool {
    form.giveUp()
    scan?.cancel()
    guard !isFirstPage else { return false }
    codeDoubtedAt = nil
    showStart()
    return true
  }

  // MARK: Pages

  /// Puts a page in place of the one before.
  private func show(_ form: FormModel, code: CodeDelivery? = nil) {
    isFirstPage = false
    scan?.cancel()
    scan = nil
    link = nil
    sandboxNote = nil
    self.code = code
    self.form = form
    form.actions.refused = { [weak self, refused = form.actions.refused] error in
      if let self { pausedUntil = error.retryAfterMs.map { self.context.uptime + $0 } ?? 0 }
      refused(error)
    }
    // Whose login it is was known at its end alone, and it waits for the answer.
    form.askBeforeReplacing(by: question) { [weak self] in
      self?.ask(ReplaceMaxLogin(replace: $0), saying: $0 ? .replacing : .givingUpLogin)
    }
    form.actions.countdown = { [weak self, countdown = form.actions.countdown] in
      self?.pauseText ?? countdown()
    }
    context.onChange()
  }

  private var pauseText: String? {
    let left = pausedUntil - context.uptime
    guard left > 0 else { return nil }
    return Phrase.pauseFor.with(spanText(milliseconds: (left + 999) / 1000 * 1000))
  }

  private func showStart() {
    let form = FormModel(
      context,
      .init(
        title: Phrase.maxPhoneTitle.text,
        introduction: way == ways[0] && way == Phrase.byQR.text
          ? [Phrase.maxQRFirst.text, Phrase.maxOtherThanQR.text]
          : [Phrase.maxPhoneIntroduction.text, Phrase.maxOtherWays.text]),
      [
        (.phoneLabel, FieldState(text: phone, placeholder: "+79991234567")),
        (.signInByLabel, FieldState(text: way, style: .choice(ways))),
      ])
    form.actions.hints = { signInHints(fields: 2) }
    form.actions.submit = { [weak self] in self?.submitStart() }
    show(form)
    isFirstPage = true
    // The number is known: nothing was begun yet.
    form.askBeforeReplacing(by: question) { [weak self] mayReplace in
      self?.mayReplace = mayReplace
      if mayReplace { self?.askForCode() }
    }
  }

  /// Asks the server whether it sends codes at all; where it does not, the QR code comes up by itself,
  /// unless somebody has begun to do something else. A server that cannot be reached says so when it
  /// is needed.
  private func askWays() {
    let start = form
    let (phone, way) = (start.text(0), start.text(1))
    context.start("max.ways") { [weak self, context] in
      guard let line = try? await context.desk.lines(of: AskMaxWays()).first,
        line.next == .noCodes, let self, form === start, start.wait == nil,
        start.text(0) == phone, start.text(1) == way
      else { return }
      self.way = Phrase.byQR.text
      showScan(because: .noCodesHere)
    }
  }

  private func submitStart() {
    phone = form.text(0)
    mayReplace = false
    way = form.text(1)
    switch way {
    case Phrase.byQR.text: showScan()
    case Phrase.byToken.text: showToken()
    default: askForCode()
    }
  }

  private func askForCode() {
    ask(SignInToMax(phone: phone, replace: mayReplace), saying: .askingForCode)
  }

  private func ask<Call: DeskCall>(_ call: Call, saying phrase: Phrase)
  where Call.Line == SignInLine {
    // Each try during a pause makes it longer.
    guard pauseText == nil else { return }
    form.perform(phrase) { [context] () throws(ConsoleError) in
      try await context.desk.lines(of: call).first
    } then: { [weak self] line in
      if let line { self?.take(line) }
    }
  }

  private func take(_ line: SignInLine) {
    switch line.next {
    // Given up: what comes next begins anew.
    case .phone: _ = back()
    case .noCodes: showScan(because: .noCodesHere)
    case .code: showCode(line)
    case .captcha: showCaptcha(line.link ?? "")
    case .scan: break
    case .password: showPassword(hint: line.passwordHint)
    case .done: onDone(line.login)
    }
  }

  private func showCode(_ line: SignInLine) {
    let form = codeForm(
      context,
      .init(
        title: Phrase.maxCodeTitle.text, introduction: [Phrase.codeIntroduction.with(phone)]),
      digits: line.codeLength ?? 6
    ) { [weak self] in self?.ask(EnterMaxCode(code: $0), saying: .checkingCode) }
    // The first code counts: one that is asked for again comes no more surely.
    let doubtedAt = codeDoubtedAt ?? context.uptime + MaxSignInModel.codePatience
    codeDoubtedAt = doubtedAt
    lead(form, toScanAfter: doubtedAt)
    show(
      form,
      code: CodeDelivery(resendAt: context.uptime + (line.resendAfterMs ?? 30_000)) { [weak self] in
        self?.askForCode()
      })
  }

  /// How long an SMS may take, in milliseconds.
  private static let codePatience: Int64 = 60_000

  /// Offers the QR code on a page for a code that does not come.
  private func lead(_ form: FormModel, toScanAfter moment: Int64) {
    let usual = form.actions
    form.actions.submit = { [weak self, weak form] in
      guard let form, form.text(0).isEmpty else { return usual.submit() }
      if let self, context.uptime >= moment { showScan(because: .noCodesHere) }
    }
    form.actions.countdown = { [context] in
      context.uptime >= moment ? Phrase.noCodeCame.text : usual.countdown()
    }
    form.actions.hints = { [context] in
      (context.uptime >= moment ? [Hint(.enter, .hintQRCode)] : []) + (usual.hints?() ?? [])
    }
  }

  private func showCaptcha(_ link: String) {
    let form = FormModel(
      context,
      .init(title: Phrase.captchaTitle.text, introduction: [Phrase.captchaIntroduction.text]), [])
    form.actions.hints = { signInHints(fields: 1) }
    form.actions.submit = { [weak self] in self?.askForCode() }
    show(form)
    self.link = link
  }

  private func showScan(because reason: Phrase? = nil) {
    guard pauseText == nil else { return }
    codeDoubtedAt = nil
    let scan = MaxScanModel(context, reason: reason) { [weak self] in self?.take($0) }
    show(scan.form)
    self.scan = scan
    scan.start()
    scan.onEnd = { [weak self] in
      guard let self else { return }
      code = CodeDelivery(resendAt: context.uptime) { [weak self] in self?.showScan() }
    }
  }

  private func showToken() {
    let form = FormModel(
      context,
      .init(title: Phrase.maxTokenTitle.text, introduction: [Phrase.maxTokenIntroduction.text]),
      [
        (.tokenLabel, FieldState(style: .secret)),
        (.deviceLabel, FieldState(placeholder: "123e4567-e89b-12d3-a456-426614174000")),
      ])
    form.actions.hints = { signInHints(fields: 2) }
    form.actions.submit = { [weak self, weak form] in
      guard let form else { return }
      self?.ask(
        BringMaxToken(token: Secret(form.text(0)), device: form.text(1)), saying: .checkingToken)
    }
    show(form)
  }

  private func showPassword(hint: String?) {
    let form = FormModel(
      context,
      .init(
        title: Phrase.maxPasswordTitle.text,
        introduction: [Phrase.maxPasswordIntroduction.text]
          + (hint.map { [Phrase.passwordHint.with($0)] } ?? [])),
      [(.passwordLabel, FieldState(style: .secret))])
    form.actions.hints = { signInHints(fields: 1) }
    form.actions.submit = { [weak self, weak form] in
      guard let form else { return }
      self?.ask(EnterMaxPassword(password: Secret(form.text(0))), saying: .checkingPassword)
    }
    form.actions.refused = { [weak form] _ in form?.set(0, FieldState(style: .secret)) }
    show(form)
    sandboxNote = guide?.password.map { Phrase.sandboxPassword.with($0) }
  }
}
