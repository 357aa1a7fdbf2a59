import Accounts
import Domain
import Phrases
import ScreenState

/// TextSecure: the relay, the number and how the code comes; then the code.
@MainActor
final class TextSecureSignInModel: SignInSteps {
  private(set) var form: FormModel
  private(set) var code: CodeDelivery?
  /// What was asked for last.
  private var request: (url: String, number: String, isVoice: Bool)
  /// Whether the person has said that it may take another sign-in's place.
  private var mayReplace = false
  private let context: ModelContext
  private let question: ReplacementQuestion
  private let onDone: @MainActor (LoginLine?) -> Void

  let pageCount = 2
  var pageNumber: Int { code == nil ? 1 : 2 }

  /// - Parameters:
  ///   - number: what stands in its field to begin with.
  ///   - ask: whether the number may take another one's place.
  ///   - onDone: called when the number is registered.
  init(
    _ context: ModelContext, number: String, ask: @escaping ReplacementQuestion,
    onDone: @escaping @MainActor (LoginLine?) -> Void
  ) {
    self.context = context
    question = ask
    self.onDone = onDone
    request = (context.desk.settings.textsecureURL ?? "", number, false)
    form = FormModel(context, .init(title: ""), [])
    showNumber()
  }

  func back() -> Bool {
    form.giveUp()
    guard code != nil else { return false }
    showNumber()
    return true
  }

  private func showNumber() {
    code = nil
    let ways = [Phrase.bySms.text, Phrase.byVoice.text]
    form = FormModel(
      context,
      .init(
        title: Phrase.textSecureTitle.text,
        introduction: [Phrase.relayIntroduction.text, Phrase.numberIntroduction.text]),
      [
        (.relayLabel, FieldState(text: request.url, placeholder: "https://relay.example.org")),
        (.numberLabel, FieldState(text: request.number, placeholder: "+14155550100")),
        (.codeByLabel, FieldState(text: ways[request.isVoice ? 1 : 0], style: .choice(ways))),
      ])
    form.actions.hints = { signInHints(fields: 3) }
    form.actions.submit = { [weak self] in self?.submit(ways) }
    form.askBeforeReplacing(by: question) { [weak self] mayReplace in
      self?.mayReplace = mayReplace
      if mayReplace { self?.askForCode() }
    }
  }

  private func submit(_ ways: [String]) {
    let url = form.text(0).filter { !$0.isWhitespace }
    guard !url.isEmpty else {
      form.remarks.problem = Phrase.relayNeeded.text
      return
    }
    request = (url, form.text(1), form.text(2) == ways[1])
    mayReplace = false
    askForCode()
  }

  private func askForCode() {
    ask(
      SignInToTextSecure(
        number: request.number, voice: request.isVoice, url: request.url, replace: mayReplace),
      saying: .askingForCode)
  }

  private func ask<Call: DeskCall>(_ call: Call, saying phrase: Phrase)
  where Call.Line == SignInLine {
    form.perform(phrase) { [context] () throws(ConsoleError) in
      try await context.desk.lines(of: call).first
    } then: { [weak self] line in
      guard let self, let line else { return }
      if line.next == .done { onDone(line.login) } else { showCode(line) }
    }
  }

  private func showCode(_ line: SignInLine) {
    code = CodeDelivery(resendAt: context.uptime + (line.resendAfterMs ?? 60_000)) { [weak self] in
      self?.askForCode()
    }
    let introduction: Phrase = request.isVoice ? .codeByVoiceIntroduction : .codeIntroduction
    form = codeForm(
      context,
      .init(
        title: Phrase.textSecureCodeTitle.text, introduction: [introduction.with(request.number)]),
      digits: line.codeLength ?? 6
    ) { [weak self] in self?.ask(EnterTextSecureCode(code: $0), saying: .checkingCode) }
  }
}
