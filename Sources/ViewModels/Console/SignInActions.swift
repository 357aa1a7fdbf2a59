import Accounts
import Domain
import Phrases
import ScreenState

/// Signing in to services and out of them.
@MainActor
struct SignInActions {
  private let context: ModelContext
  private let dialogs: DialogModel
  private let status: StatusModel
  private let chats: ChatListModel

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    status = console.status
    chats = console.chats
  }

  func openWizard() { dialogs.showWizard { [status] in status.account(of: $0) } }

  /// Why nobody can be signed out; nil when somebody can.
  func signOutDisabledReason(_ service: Service?) -> String? {
    guard let service else { return Phrase.noAccountCan.text + "." }
    return status.state(service) == .notSetUp ? Phrase.notSignedIn.with(service.title) : nil
  }

  func askToSignOut(_ service: Service?) {
    guard let service, let descriptor = context.hub.descriptor(of: service) else { return }
    let count = "\(chats.all.count { $0.service == service })"
    let loss = descriptor.words.signOutLoses.with(count)
    dialogs.ask(
      .init(title: Phrase.signOutTitle.with(service.title), introduction: loss),
      no: .staySignedIn, yes: .signOutNow
    ) { [weak dialogs, context] model in
      model.perform(.signingOut) { () throws(UserError) in
        try await context.hub.run(SignOut(service: service)) { _ in }
      } then: {
        dialogs?.close()
      }
    }
  }
}
