import Accounts
import Domain
import Phrases
import ScreenState

extension FormModel {
  /// Words for whoever calls; sending them declines the call.
  static func reply(
    _ context: ModelContext, to call: CallRow, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let introduction: Phrase =
      call.outcome == .ringing ? .replyIntroduction : .writeToCallerIntroduction
    let form = FormModel(
      context,
      .init(title: Phrase.replyTitle.text, introduction: [introduction.with(call.caller)]),
      [(.replyLabel, FieldState())])
    form.actions.hints = { [Hint(.enter, .hintSend), Hint(.escape, .hintLeave)] }
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = ReplyToCall(id: call.id, text: form.text(0).trimmed)
      form.perform(.sendingReply) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }
}
