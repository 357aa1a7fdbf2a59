import Accounts
import Domain
import Phrases
import Storage

/// The terminal's bell, while a call rings; the person can silence it, over restarts too.
@MainActor
package final class BellModel {
  package private(set) var isOn = true
  private var ringing: Task<Void, Never>?
  private let context: ModelContext

  /// From one stroke to the next.
  static let interval: Duration = .seconds(3)

  init(_ context: ModelContext) { self.context = context }

  func load() async {
    let silence = await context.hub.environment.storing { store in
      try await store.settings.value(.silence)
    }
    show(isSilent: (silence ?? nil) != nil)
  }

  /// Whether the person has silenced it.
  func show(isSilent: Bool) { isOn = !isSilent }

  /// Rings at once and goes on, unless it does already or is silenced.
  func start() {
    guard isOn, ringing == nil, !context.isQuiet else { return }
    context.program.ring()
    ringing = Task { [context] in
      while true {
        try? await context.time.sleep(for: BellModel.interval)
        // Silenced while it slept, or after it woke.
        if Task.isCancelled { return }
        context.program.ring()
      }
    }
  }

  func stop() {
    ringing?.cancel()
    ringing = nil
  }

  /// Turns it over.
  ///
  /// - Parameter isNeeded: a call rings now.
  func toggle(isNeeded: Bool) {
    set(!isOn, isNeeded: isNeeded)
    context.notices.show(NoticeText(.info, (isOn ? Phrase.bellOn : .bellOff).text), on: .bell)
    keep()
  }

  /// Rings with calls or does not, from now on to the end of the console.
  ///
  /// - Parameter isNeeded: a call rings now.
  func set(_ isOn: Bool, isNeeded: Bool) {
    self.isOn = isOn
    if isOn, isNeeded { start() } else { stop() }
  }

  /// Has it stay so over restarts.
  func keep() {
    let call = SilenceBell(isSilent: !isOn)
    context.attempt("bell") { [context] () throws(UserError) in
      try await context.hub.run(call) { _ in }
    }
  }
}
