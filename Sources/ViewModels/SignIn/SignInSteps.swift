import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The questions of one service's sign-in, a page at a time.
@MainActor
protocol SignInSteps: AnyObject {
  /// Pages from the first question to the last one that always comes.
  var pageCount: Int { get }
  /// Where the page shown stands among them, from 1.
  var pageNumber: Int { get }
  /// The page shown.
  var form: FormModel { get }
  /// Where the code goes that the page asks for; nil on a page that asks for none.
  var code: CodeDelivery? { get }
  /// What the page shows as a QR code; nil for most.
  var picture: String? { get }
  /// What the sandbox has to say about the page, since no phone and no person is there to do so.
  var sandboxNote: String? { get }
  /// Until when the page counts down, in ms of uptime.
  var countdown: Int64? { get }
  /// Goes to the page before; false when there is none.
  func back() -> Bool
}

extension SignInSteps {
  var picture: String? { nil }
  var sandboxNote: String? { nil }
  var countdown: Int64? { code?.resendAt }
}

/// Asks, with what would be lost, whether a sign-in may take another one's place; the answer follows
/// unless the question is left otherwise.
typealias ReplacementQuestion =
  @MainActor (_ loss: String, _ answer: @escaping @MainActor (Bool) -> Void) -> Void

extension FormModel {
  /// Has this form ask where what it sent would erase the login of somebody else.
  ///
  /// - Parameter answer: called with what the person said.
  func askBeforeReplacing(
    by question: @escaping ReplacementQuestion, answer: @escaping @MainActor (Bool) -> Void
  ) {
    actions.asks = { error in
      guard error.code == ConsoleError.wouldReplaceCode else { return false }
      question(error.message + ".", answer)
      return true
    }
  }
}

/// A code that was sent to a telephone.
struct CodeDelivery {
  /// When another one may be asked for, in ms of uptime.
  var resendAt: Int64
  /// Asks for another one.
  var resend: @MainActor () -> Void
}

extension SignInSteps {
  /// A page for a code, sent off by its last digit: that is the decision.
  func codeForm(
    _ context: ModelContext, _ words: FormModel.Words, digits: Int,
    enter: @escaping @MainActor (String) -> Void
  ) -> FormModel {
    let empty = FieldState(style: .code(places: min(max(digits, 1), 12)))
    let form = FormModel(context, words, [(.codeLabel, empty)])
    form.actions.submit = { [weak form] in
      if let form { enter(form.text(0)) }
    }
    form.actions.edited = { [weak form] in
      if let form, form.text(0).count == digits { enter(form.text(0)) }
    }
    // A wrong code is typed again from the start.
    form.actions.refused = { [weak form] _ in form?.set(0, empty) }
    form.actions.countdown = { [weak self, context] in
      guard let code = self?.code else { return nil }
      let left = code.resendAt - context.uptime
      guard left > 0 else { return Phrase.newCodeNow.text }
      return Phrase.newCodeIn.with(spanText(milliseconds: (left + 999) / 1000 * 1000))
    }
    form.actions.hints = { [weak self, context] in
      let isDue = self?.code.map { $0.resendAt <= context.uptime } ?? false
      return [
        Hint(.control("r"), .hintNewCode, isEnabled: isDue), Hint(.escape, .hintBack),
      ]
    }
    return form
  }
}

/// The keys of a page that is no code's.
@MainActor func signInHints(fields: Int) -> [Hint] {
  (fields > 1 ? [Hint(.tab, .hintNext)] : [])
    + [Hint(.enter, .hintGoOn), Hint(.escape, .hintBack)]
}
