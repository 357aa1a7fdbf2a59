import Accounts
import Domain
import Phrases

extension Subcommand.Option {
  /// Of every sign-in: what would be erased is not asked about.
  static let replace = flag(
    "replace", "erase what is stored of somebody else who is signed in there, without a question")
}

extension Invocation {
  /// Runs a step of signing in that may find that it would erase another login: a person at a terminal
  /// is asked then, for anybody else `--replace` has to have said so beforehand.
  ///
  /// - Parameters:
  ///   - step: given whether another login may be erased.
  ///   - goOn: what follows a yes, and a no with nobody to ask.
  func replacing<Result>(
    _ step: (Bool) async throws(UserError) -> Result,
    then goOn: (Bool) async throws(UserError) -> Result
  ) async throws(UserError) -> Result {
    do throws(UserError) {
      return try await step(arguments.has("replace"))
    } catch {
      guard error.code == UserError.wouldReplaceCode else { throw error }
      let isAsking = Prompt.isInteractive
      if isAsking {
        prompt.show(harmless(error.message) + ".\n")
        if prompt.confirm(Phrase.replaceQuestion.text) {
          return try await goOn(true)
        }
      }
      _ = try await goOn(false)
      guard isAsking else { throw error }
      throw UserError(
        .refused, code: "not-confirmed", Phrase.nothingReplaced.text,
        hint: Phrase.wouldReplaceHint.text)
    }
  }
}
