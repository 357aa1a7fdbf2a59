import Accounts
import Cryptography
import Domain
import Phrases
import ScreenState

/// Signing in to a service, a page at a time: by one of its ways, with the code and the password that
/// may follow.
@MainActor
final class SignInModel {
  private var page: SignInPage
  private var draft: SignInDraft
  /// Until when a code is waited for without a doubt, in ms of uptime.
  private var codeDoubtedAt: Int64?
  /// Until when it is no use to ask the server again, in ms of uptime.
  private var pausedUntil: Int64 = 0
  private let service: Service
  private let context: ModelContext
  private let sandbox: SandboxGuide?
  private let question: ReplacementQuestion
  private let onDone: @MainActor (LoginOutput?) -> Void

  /// The fields of the page shown.
  var form: FormModel { page.form }
  /// Where the code goes that the page asks for; nil on a page that asks for none.
  var code: CodeDelivery? { page.code }
  /// What the sandbox has to say about the page, since no phone and no person is there to do so.
  var sandboxNote: String? {
    page.sandboxNote ?? (isFilledBySandbox ? Phrase.sandboxAnswers.text : nil)
  }

  /// Whether something on the page is what the sandbox signs in with.
  private var isFilledBySandbox: Bool {
    let answers = Set(sandbox?.answers[service]?.values.map(\.self) ?? [])
    return form.inputs.contains { answers.contains($0.field.text) }
  }

  /// Pages from the first question to the last one that always comes.
  var pageCount: Int { SignInModel.pageCount(of: draft.guide) }
  /// Where the page shown stands among them, from 1.
  var pageNumber: Int { page.isFirst ? 1 : 2 }
  /// What the page shows as a QR code; nil for most.
  var picture: String? { page.scan?.link ?? page.link }

  /// Until when the page counts down, in ms of uptime.
  var countdown: Int64? {
    [page.code?.resendAt, codeDoubtedAt, page.scan?.expiresAt, pausedUntil].compactMap(\.self)
      .filter { $0 > context.uptime }
      .min()
  }

  /// - Parameters:
  ///   - sandbox: what to begin with, on the sandbox.
  ///   - ask: whether the account may take another one's place.
  ///   - onDone: called when the account is signed in.
  init(
    _ context: ModelContext, _ descriptor: ServiceDescriptor, sandbox: SandboxGuide?,
    ask: @escaping ReplacementQuestion, onDone: @escaping @MainActor (LoginOutput?) -> Void
  ) {
    self.context = context
    service = descriptor.service
    self.sandbox = sandbox
    question = ask
    self.onDone = onDone
    let guide = descriptor.signInGuide(context.hub.settings)
    draft = SignInDraft(guide: guide, typed: sandbox?.answers[service] ?? [:])
    page = SignInPage(form: FormModel(context, .init(title: ""), []), isFirst: true)
    showStart()
    if guide.asksBeforehand { askWays() }
  }

  /// How many pages always come: the questions, and the code where one is sent.
  static func pageCount(of guide: SignInGuide) -> Int {
    guide.way(nil)?.codeGoesTo == nil ? 1 : 2
  }

  /// Goes to the page before; false when there is none.
  func back() -> Bool {
    page.leave()
    guard !page.isFirst else { return false }
    codeDoubtedAt = nil
    showStart()
    return true
  }

  // MARK: Pages

  /// Puts a page in place of the one before.
  private func show(_ next: SignInPage) {
    page.scan?.cancel()
    page = next
    let form = next.form
    form.actions.refused = { [weak self, refused = form.actions.refused] error in
      if let self { pausedUntil = error.retryAfterMs.map { self.context.uptime + $0 } ?? 0 }
      refused(error)
    }
    form.askBeforeReplacing(by: question) { [weak self] mayReplace in
      // After a no on the first page nothing was begun that would have to be given up.
      guard let self, mayReplace || !page.isFirst else { return }
      ask(
        ReplaceLogin(service: service, replace: mayReplace),
        saying: mayReplace ? .replacing : .givingUpLogin)
    }
    form.actions.countdown = { [weak self, countdown = form.actions.countdown] in
      self?.pauseText ?? countdown()
    }
    context.onChange()
  }

  private var pauseText: String? {
    let left = pausedUntil - context.uptime
    guard left > 0 else { return nil }
    return Phrase.pauseFor.with(
      service.title, spanText(milliseconds: (left + 999) / 1000 * 1000))
  }

  /// The questions of the way that asks some, and the choice between the ways.
  private func showStart() {
    guard let asked = draft.guide.way(nil) else { return }
    let ways = draft.guide.ways.map(\.label.text)
    var fields = fields(of: asked)
    if ways.count > 1 {
      fields.append(
        (draft.guide.choiceLabel, FieldState(text: draft.way.label.text, style: .choice(ways))))
    }
    let form = FormModel(
      context, .init(title: asked.title.text, introduction: asked.introduction.map(\.text)), fields)
    form.actions.hints = { [weak form] in
      signInHints(fields: fields.count, more: form?.choosing ?? [])
    }
    form.actions.submit = { [weak self, weak form] in
      guard let self, let form else { return }
      draft.keep(form, of: asked)
      if ways.count > 1 {
        let chosen = form.text(fields.count - 1)
        draft.way = draft.guide.ways.first { $0.label.text == chosen } ?? asked
      }
      let isAnswered = draft.way.pageQuestions.allSatisfy { question in
        asked.questions.contains { $0.name == question.name }
      }
      if isAnswered { begin() } else { showQuestions() }
    }
    show(SignInPage(form: form, isFirst: true))
  }

  /// A page for a way whose questions are not those of the first page.
  private func showQuestions() {
    let way = draft.way
    let fields = fields(of: way)
    let form = FormModel(
      context, .init(title: way.title.text, introduction: way.introduction.map(\.text)), fields)
    form.actions.hints = { [weak form] in
      signInHints(fields: fields.count, more: form?.choosing ?? [])
    }
    form.actions.submit = { [weak self, weak form] in
      guard let self, let form else { return }
      draft.keep(form, of: way)
      begin()
    }
    show(SignInPage(form: form))
  }

  private func fields(of way: SignInWay) -> [(label: Phrase, field: FieldState)] {
    way.pageQuestions.map { question in
      let told = question.isAddress ? context.hub.settings[service].url : nil
      return (
        question.label,
        FieldState(
          text: draft.typed[question.name] ?? told ?? "",
          style: question.isSecret ? .secret : .plain,
          placeholder: question.example, isSelected: true)
      )
    }
  }

  // MARK: Steps

  /// Asks the server whether it sends codes at all; where it does not, the way without them comes up by
  /// itself, unless somebody has begun to do something else. A server that cannot be reached says so
  /// when it is needed.
  private func askWays() {
    let start = form
    let texts = start.inputs.indices.map(start.text)
    context.start("sign-in.ways") { [weak self, context, service] in
      guard let line = try? await context.hub.lines(of: AskSignInWays(service: service)).first,
        line.next == .noCodes, let self, form === start, start.wait == nil,
        start.inputs.indices.map(start.text) == texts
      else { return }
      scanInstead()
    }
  }

  private func begin() {
    if let words = draft.missing {
      form.remarks.problem = words.text
      return context.onChange()
    }
    if draft.way.questions.isEmpty { return showScan() }
    ask(SignIn(service: service, answers: draft.answers), saying: draft.way.progress)
  }

  private func ask<R: Request>(_ call: R, saying phrase: Phrase)
  where R.Output == SignInOutput {
    // Each try during a pause makes it longer.
    guard pauseText == nil else { return }
    form.perform(phrase) { [context] () throws(UserError) in
      try await context.hub.lines(of: call).first
    } then: { [weak self] line in
      if let line { self?.follow(line) }
    }
  }

  private func follow(_ line: SignInOutput) {
    switch line.next {
    // Given up: what comes next begins anew.
    case .answers: if !page.isFirst { _ = back() }
    case .scan: break
    case .noCodes: scanInstead()
    case .code: showCode(line)
    case .captcha: showCaptcha(line.link ?? "")
    case .password: showPassword(hint: line.passwordHint)
    case .done: onDone(line.login)
    }
  }

  private func showCode(_ line: SignInOutput) {
    let receiver = draft.way.codeGoesTo.flatMap { draft.typed[$0] } ?? ""
    let form = codeForm(
      .init(
        title: Phrase.codeTitle.with(service.title),
        introduction: [draft.way.codeIntroduction.with(receiver)]), digits: line.codeLength ?? 6)
    if draft.guide.wayWithoutCodes != nil {
      // The first code counts: one that is asked for again comes no more surely.
      let doubtedAt = codeDoubtedAt ?? context.uptime + SignInModel.codePatience
      codeDoubtedAt = doubtedAt
      lead(form, toScanAfter: doubtedAt)
    }
    var next = SignInPage(form: form)
    let resendAt = context.uptime + (line.resendAfterMs ?? 30_000)
    next.code = CodeDelivery(resendAt: resendAt) { [weak self] in self?.begin() }
    show(next)
  }

  /// How long an SMS may take, in milliseconds.
  private static let codePatience: Int64 = 60_000

  /// A page for a code, sent off by its last digit: that is the decision.
  private func codeForm(_ words: FormModel.Words, digits: Int) -> FormModel {
    let empty = FieldState(style: .code(places: min(max(digits, 1), 12)))
    let form = FormModel(context, words, [(.codeLabel, empty)])
    let enter = { @MainActor [weak self] (code: String) in
      guard let self else { return }
      ask(EnterCode(service: service, code: code), saying: .checkingCode)
    }
    form.actions.submit = { [weak form] in
      if let form { enter(form.text(0)) }
    }
    form.actions.edited = { [weak form] in
      if let form, form.text(0).count == digits { enter(form.text(0)) }
    }
    // A wrong code is typed again from the start.
    form.actions.refused = { [weak form] _ in form?.set(0, empty) }
    form.actions.countdown = { [weak self, context] in
      guard let code = self?.page.code else { return nil }
      let left = code.resendAt - context.uptime
      guard left > 0 else { return Phrase.newCodeNow.text }
      return Phrase.newCodeIn.with(spanText(milliseconds: (left + 999) / 1000 * 1000))
    }
    form.actions.hints = { [weak self, context] in
      let isDue = self?.page.code.map { $0.resendAt <= context.uptime } ?? false
      return [
        Hint(.control("r"), .hintNewCode, isEnabled: isDue), Hint(.escape, .hintBack),
      ]
    }
    return form
  }

  /// Offers the way without codes on a page for a code that does not come.
  private func lead(_ form: FormModel, toScanAfter moment: Int64) {
    let usual = form.actions
    form.actions.submit = { [weak self, weak form] in
      guard let form, form.text(0).isEmpty else { return usual.submit() }
      if let self, context.uptime >= moment { scanInstead() }
    }
    form.actions.countdown = { [context, service] in
      context.uptime >= moment ? Phrase.noCodeCame.with(service.title) : usual.countdown()
    }
    form.actions.hints = { [context] in
      (context.uptime >= moment ? [Hint(.enter, .hintQRCode)] : []) + (usual.hints?() ?? [])
    }
  }

  private func showCaptcha(_ link: String) {
    let form = FormModel(
      context,
      .init(
        title: Phrase.captchaTitle.with(service.title),
        introduction: [Phrase.captchaIntroduction.with(service.title)]), [])
    form.actions.hints = { signInHints(fields: 1) }
    form.actions.submit = { [weak self] in self?.begin() }
    var next = SignInPage(form: form)
    next.link = link
    show(next)
  }

  /// The server sends no codes: the way that needs none, and why.
  private func scanInstead() {
    guard let other = draft.guide.way(draft.guide.wayWithoutCodes) else { return }
    draft.way = other
    showScan(because: Phrase.noCodesHere.with(service.title))
  }

  private func showScan(because reason: String? = nil) {
    guard pauseText == nil else { return }
    codeDoubtedAt = nil
    let scan = QRSignInModel(context, service, by: draft.way, reason: reason) { [weak self] in
      self?.follow($0)
    }
    var next = SignInPage(form: scan.form)
    next.scan = scan
    show(next)
    scan.start()
    scan.onEnd = { [weak self] in
      guard let self else { return }
      page.code = CodeDelivery(resendAt: context.uptime) { [weak self] in self?.showScan() }
    }
  }

  private func showPassword(hint: String?) {
    let form = FormModel(
      context,
      .init(
        title: Phrase.passwordTitle.with(service.title),
        introduction: [Phrase.passwordIntroduction.text]
          + (hint.map { [Phrase.passwordHint.with($0)] } ?? [])),
      [(.passwordLabel, FieldState(style: .secret))])
    form.actions.hints = { signInHints(fields: 1) }
    form.actions.submit = { [weak self, weak form] in
      guard let self, let form else { return }
      ask(
        EnterPassword(service: service, password: Secret(form.text(0))),
        saying: .checkingPassword)
    }
    form.actions.refused = { [weak form] _ in form?.set(0, FieldState(style: .secret)) }
    var next = SignInPage(form: form)
    next.sandboxNote = sandbox?.password.map { Phrase.sandboxPassword.with($0) }
    show(next)
  }
}

/// The keys of a page that is no code's.
@MainActor private func signInHints(fields: Int, more: [Hint] = []) -> [Hint] {
  [Hint(.enter, .hintGoOn)] + (fields > 1 ? [Hint(.tab, .hintNext)] : []) + more
    + [Hint(.escape, .hintBack)]
}
