import Accounts
import Domain
import Phrases
import ScreenState

/// QR codes on the wizard's page, one after another, until a phone scans one.
@MainActor
final class QRSignInModel {
  /// What the code on the page says; nil before the first and after the last one.
  private(set) var link: String?
  /// When the next one follows, in ms of uptime.
  private(set) var expiresAt: Int64?
  let form: FormModel
  /// Called when no more codes come.
  var onEnd: @MainActor () -> Void = {}
  private var task: Task<Void, Never>?
  private let context: ModelContext
  private let service: Service
  private let way: SignInWay
  private let onNext: @MainActor (SignInOutput) -> Void

  /// - Parameters:
  ///   - way: one that asks nothing.
  ///   - reason: why it is this way, where another one was chosen.
  ///   - onNext: called with what comes after the scan.
  init(
    _ context: ModelContext, _ service: Service, by way: SignInWay, reason: String? = nil,
    onNext: @escaping @MainActor (SignInOutput) -> Void
  ) {
    self.context = context
    self.service = service
    self.way = way
    self.onNext = onNext
    form = FormModel(
      context,
      .init(
        title: way.title.text,
        introduction: (reason.map { [$0] } ?? []) + way.introduction.map(\.text)),
      [])
    form.actions.hints = { [weak self] in
      (self?.task == nil ? [Hint(.control("r"), .hintNewCode)] : []) + [Hint(.escape, .hintBack)]
    }
    form.actions.countdown = { [weak self, context] in
      guard let end = self?.expiresAt, end > context.uptime else { return nil }
      return Phrase.scanWithin.with(
        spanText(milliseconds: (end - context.uptime + 999) / 1000 * 1000))
    }
  }

  func start() {
    form.showWait(way.progress)
    task = Task {
      do throws(UserError) {
        let call = SignIn(service: service, answers: SignInAnswers(way: way.name))
        try await context.hub.run(call) { [weak self] in await self?.follow($0) }
      } catch {
        fail(error)
      }
    }
  }

  /// Nobody looks at the codes any more.
  func cancel() {
    task?.cancel()
    task = nil
  }

  private func follow(_ line: SignInOutput) {
    guard task != nil else { return }
    guard line.next == .scan else {
      cancel()
      return onNext(line)
    }
    link = line.link
    expiresAt = line.expiresAt.map { context.uptime + ($0 - context.now) }
    form.showWait(.waitingForPhone)
  }

  private func fail(_ error: UserError) {
    guard task != nil else { return }
    cancel()
    link = nil
    expiresAt = nil
    form.refuse(error)
    onEnd()
    context.onChange()
  }
}
