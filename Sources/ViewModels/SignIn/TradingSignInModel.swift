import Accounts
import Cryptography
import Domain
import Phrases
import ScreenState

/// TheOne: the key and its secret.
@MainActor
final class TradingSignInModel: SignInSteps {
  let form: FormModel
  let code: CodeDelivery? = nil
  let pageCount = 1
  let pageNumber = 1

  /// - Parameters:
  ///   - guide: keys to begin with, on the sandbox.
  ///   - ask: whether the key may take another one's place.
  ///   - onDone: called when the account is signed in.
  init(
    _ context: ModelContext, guide: SandboxGuide?, ask: @escaping ReplacementQuestion,
    onDone: @escaping @MainActor (LoginLine?) -> Void
  ) {
    let form = FormModel(
      context,
      .init(title: Phrase.tradingTitle.text, introduction: [Phrase.tradingIntroduction.text]),
      [
        (.keyLabel, FieldState(text: guide?.tradingKey ?? "")),
        (.secretLabel, FieldState(text: guide?.tradingSecret ?? "", style: .secret)),
      ])
    self.form = form
    form.actions.hints = { signInHints(fields: 2) }
    let submit = { @MainActor [weak form, context] (mayReplace: Bool) in
      guard let form else { return }
      // A paste often brings a space or a line's end along.
      let call = SignInToTrading(
        key: form.text(0).filter { !$0.isWhitespace },
        secret: Secret(form.text(1).filter { !$0.isWhitespace }), replace: mayReplace)
      form.perform(.checkingKey) { () throws(ConsoleError) in
        try await context.desk.lines(of: call).first
      } then: {
        onDone($0)
      }
    }
    form.actions.submit = { submit(false) }
    form.askBeforeReplacing(by: ask) { if $0 { submit(true) } }
  }

  func back() -> Bool {
    form.giveUp()
    return false
  }
}
