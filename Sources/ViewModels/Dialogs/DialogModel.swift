import Domain
import Phrases
import ScreenState

/// What lies over the panes: at most one dialog.
@MainActor
package final class DialogModel {
  package enum Dialog {
    case wizard(WizardModel)
    case ticket(TicketModel)
    case help(HelpModel)
    case order(String)
    case call(String)
    case form(FormModel)
    case identity(FingerprintsModel)
    case group(GroupModel)
    case search(SearchModel)
    case palette(PaletteModel)
    case choice(ChoiceModel)
    case line(LineCheckModel)
    case devices(DevicesModel)
    case settings(SettingsModel)
    case people(PeopleModel)
    case picture(PictureModel)
    case chart(ChartModel)
  }

  private(set) var shown: Dialog?
  /// The tour, while somebody takes it; it lies over nothing.
  var tour: TourModel?
  private let context: ModelContext
  private let guide: SandboxGuide?

  init(_ context: ModelContext, guide: SandboxGuide?) {
    self.context = context
    self.guide = guide
  }

  /// What is open, be the help or the palette over it.
  private var open: Dialog? {
    switch shown {
    case .help(let help): help.beneath
    case .palette(let palette): palette.beneath ?? shown
    default: shown
    }
  }

  var ticket: TicketModel? {
    if case .ticket(let ticket)? = open { ticket } else { nil }
  }

  var fingerprints: FingerprintsModel? {
    if case .identity(let model)? = open { model } else { nil }
  }

  var group: GroupModel? {
    if case .group(let model)? = open { model } else { nil }
  }

  var line: LineCheckModel? {
    if case .line(let model)? = open { model } else { nil }
  }

  var chart: ChartModel? {
    if case .chart(let model)? = open { model } else { nil }
  }

  var devices: DevicesModel? {
    if case .devices(let model)? = open { model } else { nil }
  }

  func show(_ dialog: Dialog?) {
    if case .form(let form)? = open { form.giveUp() }
    if case .choice(let choice)? = open { choice.giveUp() }
    if case .settings(let settings)? = open { settings.giveUp() }
    if case .people(let people)? = open { people.giveUp() }
    shown = dialog
    context.onChange()
  }

  /// Closes whatever is open.
  func close() { show(nil) }

  /// Shows the help over what is open, which goes on as it is.
  func showHelp(from origin: HelpModel.Origin) {
    shown = .help(HelpModel(context, from: origin, over: shown))
    context.onChange()
  }

  /// Shows the palette over what is open, which goes on as it is if the palette is about that.
  func showPalette(_ palette: PaletteModel) {
    if palette.beneath == nil { return show(.palette(palette)) }
    shown = .palette(palette)
    context.onChange()
  }

  /// Closes the palette; what it lay over is open again.
  func closePalette() {
    guard case .palette(let palette)? = shown else { return }
    shown = palette.beneath
    context.onChange()
  }

  /// Closes what is open, or first what lies over it: the help, of the fingerprints the QR code.
  func closeTopmost() {
    if case .help(let help)? = shown {
      shown = help.beneath
      return context.onChange()
    }
    if fingerprints?.hideCode() == true { return context.onChange() }
    close()
  }

  /// - Parameter account: who is signed in to a service; nil for nobody.
  func showWizard(account: @escaping @MainActor (Service) -> String?) {
    let wizard = WizardModel(context, guide: guide, account: account) { [weak self] in
      self?.close()
    }
    wizard.askToReplace = { [weak self, weak wizard] service, loss, answer in
      guard let self, let wizard else { return }
      ask(
        .init(title: Phrase.replaceTitle.with(service.title), introduction: loss),
        no: .keepLogin, yes: .replaceNow, from: .wizard(wizard), otherwise: { answer(false) }
      ) { [weak self] _ in
        self?.show(.wizard(wizard))
        answer(true)
      }
    }
    show(.wizard(wizard))
  }

  /// Asks before something that cannot be undone; not doing it is chosen.
  ///
  /// - Parameters:
  ///   - dialog: where a no leads back to; nil closes the question.
  ///   - leave: what a no does besides.
  ///   - act: what a yes does; it closes the question.
  func ask(
    _ words: ChoiceModel.Words, no: Phrase, yes: Phrase, from dialog: Dialog? = nil,
    otherwise leave: @escaping @MainActor () -> Void = {},
    act: @escaping @MainActor (ChoiceModel) -> Void
  ) {
    let options = [
      ChoiceState.Option(id: ChoiceModel.no, label: no.text),
      ChoiceState.Option(id: "yes", label: yes.text),
    ]
    let model = ChoiceModel(context, words, options, style: .question)
    if let dialog {
      model.back = { [weak self] in
        self?.show(dialog)
        leave()
      }
    }
    model.choose = { [weak self, weak model] choice in
      guard let model else { return }
      if choice != ChoiceModel.no { return act(model) }
      if !model.leave() { self?.close() }
    }
    show(.choice(model))
  }

  /// Hands the codes that the sandbox sends to the wizard, if it is there to show them.
  func followGuide() {
    guard let guide else { return }
    Task {
      for await message in guide.messages {
        if case .wizard(let wizard)? = open { wizard.showCode(of: message) }
      }
    }
  }

  /// Scrolls a page that is higher than the terminal; false when nothing of it is out of sight, or
  /// the key does not scroll.
  func scrollPage(_ key: Key) -> Bool {
    let place = context.scrollLimits.page
    guard place.end > 0, let first = place.first(after: key) else { return false }
    return scrollPage(to: first)
  }

  /// The same by some rows.
  func scrollPage(by rows: Int) {
    let place = context.scrollLimits.page
    guard place.end > 0 else { return }
    _ = scrollPage(to: max(0, min(place.first + rows, place.end)))
  }

  private func scrollPage(to first: Int) -> Bool {
    switch shown {
    case .wizard(let wizard): wizard.scroll(to: first)
    case .choice(let choice): choice.scroll(to: first)
    case .identity(let fingerprints): return fingerprints.scroll(to: first)
    default: return false
    }
    return true
  }

  /// Scrolls what is open; false when that cannot be scrolled.
  func scroll(_ step: Selection.Step) -> Bool {
    if case .help(let help)? = shown {
      help.move(step, end: context.scrollLimits.helpEnd)
      return true
    }
    if let group {
      group.move(step)
      return true
    }
    if let devices {
      devices.move(step)
      return true
    }
    return false
  }
}

extension DialogModel.Dialog {
  /// Where commands work that are tied to it; nil where none are.
  @MainActor var place: Command.Dialog? {
    switch self {
    case .order: .order
    case .call: .call
    case .identity: .identity
    case .group: .group
    case .line: .line
    case .devices: .devices
    case .picture: .picture
    case .chart: .chart
    case .ticket(let ticket):
      switch ticket.stage {
      case .review: .ticketReview
      case .finished: .ticketEnd
      case .editing, .quoting, .sending: nil
      }
    case .wizard, .help, .form, .search, .palette, .choice, .settings, .people: nil
    }
  }
}
