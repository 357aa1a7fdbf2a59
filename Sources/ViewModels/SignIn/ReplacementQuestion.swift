import Accounts
import Domain

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
