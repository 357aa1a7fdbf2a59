import Cryptography
import Storage
import Transport

/// Signing in, a page at a time: which services, then each one's questions.
@MainActor
final class WizardModel {
  private enum Page: Equatable {
    case services
    case phone
    case code(digits: Int)
    case password(hint: String?)
    case keys
    case done
  }

  private var page: Page = .services
  private var chosen: Set<Service> = [.max, .trading]
  private var selection = 0
  private var inputs: [FieldState] = []
  private var progress: String?
  /// Counts what was asked and given up, so that a late answer does not turn the page.
  private var question = 0
  private var problem: String?
  private var phone = ""
  private var resendAt: Int64?
  private var delivered: SandboxGuide.Message?
  /// What was achieved, for the last page.
  private var achievements: [String] = []
  private let context: ModelContext
  private let guide: SandboxGuide?
  /// Called when the person leaves the wizard.
  private let onClose: () -> Void

  private static let services: [Service] = [.max, .trading, .textsecure]

  init(_ context: ModelContext, guide: SandboxGuide?, onClose: @escaping () -> Void) {
    self.context = context
    self.guide = guide
    self.onClose = onClose
  }

  var state: WizardState {
    var state = WizardState(
      title: title, introduction: introduction, page: statePage, step: step.number,
      steps: step.count)
    state.progress = progress
    state.problem = problem
    state.note = note
    if case .code = page, let delivered {
      state.delivered = Phrase.sandboxSms.with(delivered.number, delivered.code)
    }
    state.hints = hints
    return state
  }

  /// Until when the page counts down, in wall ms.
  var countdown: Int64? {
    if case .code = page, let resendAt, resendAt > context.now { resendAt } else { nil }
  }

  /// A code that the sandbox sent.
  func take(_ message: SandboxGuide.Message) {
    delivered = message
    context.onChange()
  }

  // MARK: Keys

  func press(_ key: Key) {
    guard progress == nil || key == .escape else { return }
    switch key {
    case .escape: back()
    case .enter: goOn()
    case .tab, .down: move(by: 1)
    case .backTab, .up: move(by: -1)
    case .character(" ") where page == .services: toggle()
    case .control("r"): resend()
    default: edit(key)
    }
    context.onChange()
  }

  private func edit(_ key: Key) {
    guard inputs.indices.contains(selection) else { return }
    guard inputs[selection].edit(key, limit: 512) else { return }
    problem = nil
    // A full code goes off by itself: the last digit is the decision.
    if case .code(let digits) = page, inputs[0].text.count == digits { goOn() }
  }

  private func move(by step: Int) {
    let count = page == .services ? WizardModel.services.count : inputs.count
    guard count > 0 else { return }
    selection = (selection + step + count) % count
  }

  private func toggle() {
    let service = WizardModel.services[selection]
    guard service != .textsecure else {
      problem = "\(service.title): \(Phrase.notInThisVersion.text)"
      return
    }
    if chosen.remove(service) == nil { chosen.insert(service) }
    problem = nil
  }

  private func back() {
    progress = nil
    question += 1
    switch page {
    case .services, .done: onClose()
    case .phone: show(.services)
    case .code, .password: show(.phone)
    case .keys: show(chosen.contains(.max) && achievements.isEmpty ? .phone : .services)
    }
  }

  private func goOn() {
    switch page {
    case .services:
      guard !chosen.isEmpty else {
        problem = Phrase.chooseOne.text
        return
      }
      show(chosen.contains(.max) ? .phone : .keys)
    case .phone: requestCode()
    case .code: enterCode()
    case .password: enterPassword()
    case .keys: enterKeys()
    case .done: onClose()
    }
  }

  // MARK: Steps

  private func requestCode() {
    phone = inputs[0].text
    perform(SignInToMax(phone: phone), saying: .askingForCode)
  }

  private func resend() {
    guard case .code = page, countdown == nil else { return }
    perform(SignInToMax(phone: phone), saying: .askingForCode)
  }

  private func enterCode() {
    perform(EnterMaxCode(code: inputs[0].text), saying: .checkingCode)
  }

  private func enterPassword() {
    perform(EnterMaxPassword(password: Secret(inputs[0].text)), saying: .checkingPassword)
  }

  private func perform<Call: DeskCall>(_ call: Call, saying phrase: Phrase)
  where Call.Line == SignInLine {
    ask(call, saying: phrase) { [self] line in
      switch line.next {
      case .code:
        resendAt = context.now + (line.resendAfterMs ?? 30_000)
        show(.code(digits: line.codeLength ?? 6))
      case .password: show(.password(hint: line.passwordHint))
      case .done:
        achieve(.max, line.login?.account)
        show(chosen.contains(.trading) ? .keys : .done)
      }
    }
  }

  private func enterKeys() {
    let call = SignInToTrading(
      // A paste often brings a space or a line's end along.
      key: inputs[0].text.filter { !$0.isWhitespace },
      secret: Secret(inputs[1].text.filter { !$0.isWhitespace }))
    ask(call, saying: .checkingKey) { [self] line in
      achieve(.trading, line.account)
      show(.done)
    }
  }

  private func achieve(_ service: Service, _ account: String?) {
    achievements.append(Phrase.signedIn.with(service.title, account ?? ""))
  }

  private func ask<Call: DeskCall>(
    _ call: Call, saying phrase: Phrase, then take: @escaping @MainActor (Call.Line) -> Void
  ) {
    progress = phrase.text
    problem = nil
    question += 1
    let asked = question
    context.start("wizard") { [self] in
      do throws(ConsoleError) {
        let line = try await context.desk.lines(of: call).first
        guard asked == question else { return }
        progress = nil
        if let line { take(line) }
      } catch {
        guard asked == question else { return context.notices.show(error) }
        progress = nil
        problem = error.sentences
        // A wrong code is typed again from the start.
        if case .code = page { inputs[0] = codeField(for: page) }
      }
    }
  }

  // MARK: Pages

  private func show(_ page: Page) {
    self.page = page
    selection = 0
    problem = nil
    inputs =
      switch page {
      case .services, .done: []
      case .phone: [FieldState(text: guide?.phone ?? phone, placeholder: "+79991234567")]
      case .code: [codeField(for: page)]
      case .password: [FieldState(style: .secret)]
      case .keys:
        [
          FieldState(text: guide?.tradingKey ?? ""),
          FieldState(text: guide?.tradingSecret ?? "", style: .secret),
        ]
      }
    context.onChange()
  }

  private func codeField(for page: Page) -> FieldState {
    guard case .code(let digits) = page else { return FieldState() }
    return FieldState(style: .code(places: min(max(digits, 1), 12)))
  }

  private var title: String {
    switch page {
    case .services: Phrase.welcome.text
    case .phone: Phrase.maxPhoneTitle.text
    case .code: Phrase.maxCodeTitle.text
    case .password: Phrase.maxPasswordTitle.text
    case .keys: Phrase.tradingTitle.text
    case .done: Phrase.wizardDone.text
    }
  }

  private var introduction: [String] {
    switch page {
    case .services: [Phrase.whichServices.text]
    case .phone: [Phrase.maxPhoneIntroduction.text]
    case .code: [Phrase.maxCodeIntroduction.with(phone)]
    case .password(let hint):
      [Phrase.maxPasswordIntroduction.text] + (hint.map { [Phrase.passwordHint.with($0)] } ?? [])
    case .keys: [Phrase.tradingIntroduction.text]
    case .done: []
    }
  }

  private var statePage: WizardState.Page {
    let labels: [Phrase] =
      switch page {
      case .services, .done: []
      case .phone: [.phoneLabel]
      case .code: [.codeLabel]
      case .password: [.passwordLabel]
      case .keys: [.keyLabel, .secretLabel]
      }
    return switch page {
    case .services: .services(WizardModel.services.map(choice), selection: selection)
    case .done: .done(achievements)
    default:
      .form(
        inputs: zip(labels, inputs).map { .init(label: $0.text, field: $1) },
        selection: selection)
    }
  }

  private func choice(_ service: Service) -> WizardState.Choice {
    let explanation: Phrase =
      switch service {
      case .max: .maxExplanation
      case .trading: .tradingExplanation
      case .textsecure: .textSecureExplanation
      }
    return WizardState.Choice(
      service: service, title: service.title, explanation: explanation.text,
      isChosen: chosen.contains(service),
      disabledReason: service == .textsecure ? Phrase.notInThisVersion.text : nil)
  }

  private var note: String? {
    switch page {
    case .services: return Phrase.keptIn.with(context.desk.settings.dataDirectory)
    case .code:
      guard let countdown else { return Phrase.newCodeNow.text }
      return Phrase.newCodeIn.with(
        spanText(milliseconds: (countdown - context.now + 999) / 1000 * 1000))
    case .done: return Phrase.pressEnter.text
    default: return nil
    }
  }

  private var step: (number: Int, count: Int) {
    let count = 1 + (chosen.contains(.max) ? 2 : 0) + (chosen.contains(.trading) ? 1 : 0)
    switch page {
    case .services: return (1, count)
    case .phone: return (2, count)
    case .code, .password: return (3, count)
    case .keys, .done: return (count, count)
    }
  }

  private var hints: [Hint] {
    switch page {
    case .services:
      [
        .init(key: "↑↓", label: Phrase.hintMove.text), .init(.character(" "), .hintChoose),
        .init(.enter, .hintGoOn),
        .init(.escape, .hintLater),
      ]
    case .phone, .password: [.init(.enter, .hintGoOn), .init(.escape, .hintBack)]
    case .keys: [.init(.tab, .hintNext), .init(.enter, .hintGoOn), .init(.escape, .hintBack)]
    case .code:
      [
        .init(.control("r"), .hintNewCode, isEnabled: countdown == nil),
        .init(.escape, .hintBack),
      ]
    case .done: [.init(.enter, .hintOpen)]
    }
  }
}

extension Hint {
  init(_ key: Key, _ label: Phrase, isEnabled: Bool = true) {
    self.init(key: key.mark, label: label.text, isEnabled: isEnabled)
  }
}
