import Storage

/// Signing out, which takes two presses: what a service sent is forgotten with it.
@MainActor
final class SignOutModel {
  /// A sign-out that was asked for once, and until when (wall ms) the second press counts.
  private var pending: (service: Service, until: Int64)?
  private let context: ModelContext
  private let status: StatusModel

  /// How long the second press may take, in milliseconds.
  private static let patience: Int64 = 5000

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
  }

  func disabledReason(_ service: Service) -> String? {
    status.lamp(service) == .notSetUp ? Phrase.notSignedIn.with(service.title) : nil
  }

  func press(_ service: Service) {
    if let pending, pending.service == service, pending.until > context.now {
      self.pending = nil
      return context.attempt("sign-out") { [context] () throws(ConsoleError) in
        try await context.desk.run(SignOut(service: service)) { _ in }
      }
    }
    pending = (service, context.now + SignOutModel.patience)
    context.notices.show(NoticeText(.warning, Phrase.pressAgainToSignOut.with(service.title)))
  }
}
