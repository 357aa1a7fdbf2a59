import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Signing in, a page at a time: which services, then each one's questions.
@MainActor
package final class WizardModel {
  private enum Page {
    case services
    case signIn(SignInModel, Service)
    case done
  }

  private var page: Page = .services
  private let choice: ServiceChoiceModel
  /// What was achieved, for the last page.
  private var achievements: [(service: Service, text: String)] = []
  private var delivered: SandboxGuide.Message?
  /// How far the page of this title is scrolled.
  private var scrolled: (title: String, first: Int)?
  private let context: ModelContext
  private let guide: SandboxGuide?
  /// Asks whether a sign-in to a service may take another one's place.
  var askToReplace:
    @MainActor (Service, _ loss: String, _ answer: @escaping @MainActor (Bool) -> Void) -> Void = {
      _, _, _ in
    }
  /// Called when the person leaves the wizard.
  private let onClose: () -> Void

  /// - Parameters:
  ///   - guide: what the sandbox has to sign in with.
  ///   - account: who is signed in to a service; nil for nobody.
  init(
    _ context: ModelContext, guide: SandboxGuide?,
    account: @escaping @MainActor (Service) -> String?, onClose: @escaping () -> Void
  ) {
    self.context = context
    self.guide = guide
    self.onClose = onClose
    choice = ServiceChoiceModel(context.hub.allServices, account: account)
  }

  var state: WizardState {
    let form = steps?.form.state
    var state = WizardState(
      title: form?.title ?? title,
      introduction: form.map { achieved + $0.introduction } ?? introduction,
      page: statePage(form), step: step.number, steps: step.count)
    state.progress = form?.progress
    state.problem = form?.problem ?? choice.problem
    state.note = form?.note ?? note
    if steps?.code != nil, let delivered {
      state.delivered = Phrase.sandboxSms.with(delivered.number, delivered.code)
    }
    state.delivered = state.delivered ?? steps?.sandboxNote
    state.picture = steps?.picture
    state.hints = form?.hints ?? hints
    let help: Key = takesText ? .function(1) : .character("?")
    state.hints.append(Hint(help, .hintHelp, isLasting: true))
    if let scrolled, scrolled.title == state.title { state.scroll = scrolled.first }
    return state
  }

  /// Until when the page counts down, in ms of uptime.
  var countdown: Int64? {
    steps?.countdown.flatMap { $0 > context.uptime ? $0 : nil }
  }

  /// A code that the sandbox sent.
  func showCode(of message: SandboxGuide.Message) {
    delivered = message
    context.onChange()
  }

  /// Scrolls the page, where it is higher than the terminal, until another key is pressed.
  func scroll(to first: Int) {
    scrolled = (state.title, first)
    context.onChange()
  }

  func press(_ key: Key) {
    scrolled = nil
    switch (page, key) {
    case (_, .escape): back()
    case (.signIn(let steps, _), .control("r")):
      if let code = steps.code, code.resendAt <= context.uptime, steps.form.wait == nil {
        code.resend()
      }
    case (.signIn(let steps, _), _): _ = steps.form.press(key)
    case (.services, .enter): if choice.isComplete() { showNext() }
    case (.services, _): choice.press(key)
    case (.done, .enter): onClose()
    case (.done, _): break
    }
    context.onChange()
  }

  /// Whether letters go into a field of its page.
  var takesText: Bool { !(steps?.form.inputs.isEmpty ?? true) }

  private var steps: SignInModel? {
    if case .signIn(let steps, _) = page { steps } else { nil }
  }

  private func back() {
    guard let steps else { return onClose() }
    if !steps.back() { page = .services }
  }

  /// Shows the first chosen service that is not signed in to yet.
  private func showNext() {
    let next = choice.services.first { descriptor in
      choice.chosen.contains(descriptor.service)
        && !achievements.contains { $0.service == descriptor.service }
    }
    delivered = nil
    page = next.map { .signIn(steps(for: $0), $0.service) } ?? .done
    context.onChange()
  }

  private func steps(for descriptor: ServiceDescriptor) -> SignInModel {
    let service = descriptor.service
    let ask: ReplacementQuestion = { [weak self] loss, answer in
      self?.askToReplace(service, loss, answer)
    }
    return SignInModel(context, descriptor, sandbox: guide, ask: ask) { [weak self] login in
      guard let self else { return }
      achievements.append(
        (service, Phrase.signedIn.with(service.title, login?.account ?? "")))
      showNext()
    }
  }

  // MARK: Pages

  private var title: String {
    if case .done = page { return Phrase.wizardDone.text }
    return (choice.hasAccounts ? Phrase.signInTitle : .welcome).text
  }

  /// On the first page of a service, that the one before is signed in.
  private var achieved: [String] {
    guard steps?.pageNumber == 1, let last = achievements.last else { return [] }
    return ["✓ " + last.text]
  }

  private var introduction: [String] {
    if case .done = page {
      []
    } else {
      [(choice.hasAccounts ? Phrase.whichService : .whichServices).text]
    }
  }

  private func statePage(_ form: FormState?) -> WizardState.Page {
    if let form { return .form(inputs: form.inputs, selection: form.selection) }
    if case .done = page { return .done(achievements.map(\.text)) }
    return .services(choice.choices, selection: choice.selection)
  }

  private var note: String? {
    switch page {
    case .services: Phrase.keptIn.with(context.hub.settings.dataDirectory)
    case .signIn: nil
    case .done: Phrase.pressEnter.text + " " + Phrase.tourOffer.text
    }
  }

  private var step: (number: Int, count: Int) {
    var number = 1
    var count = 1
    for service in choice.services where choice.chosen.contains(service.service) {
      if case .signIn(let steps, service.service) = page { number = count + steps.pageNumber }
      count += SignInModel.pageCount(of: service.signInGuide(context.hub.settings))
    }
    if case .done = page { number = count }
    return (number, count)
  }

  private var hints: [Hint] {
    guard case .services = page else { return [Hint(.enter, .hintOpen)] }
    return [
      Hint(.enter, .hintGoOn), Hint(.character(" "), .hintChoose),
      Hint(key: "↑↓", label: Phrase.hintMove.text), Hint(.escape, .hintLater),
    ]
  }
}
