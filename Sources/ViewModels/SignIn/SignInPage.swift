import Accounts
import Cryptography
import Domain
import Phrases

/// A page of a sign-in: what is asked on it, and what stands there besides.
@MainActor
struct SignInPage {
  let form: FormModel
  /// Whether it is the one with the first questions.
  var isFirst = false
  /// Where the code goes that the page asks for; nil on a page that asks for none.
  var code: CodeDelivery?
  /// What the sandbox has to say about the page, since no phone and no person is there to do so.
  var sandboxNote: String?
  /// Codes to be scanned, while one is on the page.
  var scan: QRSignInModel?
  /// What stands on the page as a QR code besides.
  var link: String?

  /// Nobody waits any more for what was asked on it.
  func leave() {
    form.giveUp()
    scan?.cancel()
  }
}

/// A code that was sent to a telephone.
struct CodeDelivery {
  /// When another one may be asked for, in ms of uptime.
  var resendAt: Int64
  /// Asks for another one.
  var resend: @MainActor () -> Void
}

/// The way into a service that was chosen, and what was typed on it so far.
@MainActor
struct SignInDraft {
  let guide: SignInGuide
  /// At first the usual one.
  var way: SignInWay
  /// By the questions' names.
  private(set) var typed: [String: String]

  init(guide: SignInGuide, typed: [String: String]) {
    self.guide = guide
    self.typed = typed
    way = guide.ways[0]
  }

  /// Keeps what was typed into the fields of a way.
  mutating func keep(_ form: FormModel, of way: SignInWay) {
    for (index, question) in way.pageQuestions.enumerated() {
      // A paste often brings a space or a line's end along.
      typed[question.name] = form.text(index).trimmed
    }
  }

  /// What to say of the first question that has to be answered and is not; nil when all are.
  var missing: Phrase? {
    way.pageQuestions.lazy.filter { typed[$0.name]?.isEmpty ?? true }
      .compactMap(\.whenMissing).first
  }

  var answers: SignInAnswers {
    var answers = SignInAnswers(way: way.name)
    for question in way.pageQuestions {
      let text = typed[question.name] ?? ""
      if !text.isEmpty { answers.set(question.name, Secret(text)) }
    }
    return answers
  }
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
      guard error.code == UserError.wouldReplaceCode else { return false }
      question(error.message + ".", answer)
      return true
    }
  }
}
