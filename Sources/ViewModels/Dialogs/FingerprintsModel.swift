import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The keys by which people know each other: ours, and one contact's if there is one.
@MainActor
package final class FingerprintsModel {
  /// Whose key is shown as a QR code.
  private enum Shown { case none, own, theirs }

  /// The contact's number; nil for a look at our own key alone.
  let number: String?
  private let name: String?
  private var own: IdentityOutput?
  private var theirs: IdentityOutput?
  private var shown = Shown.none { didSet { scroll = nil } }
  /// The first row in sight of a code that is shown as text.
  private var scroll: Int?
  private var problem: String?
  private var progress: String?
  private let context: ModelContext

  init(_ context: ModelContext, number: String?, name: String?) {
    self.context = context
    self.number = number
    self.name = name
    load()
  }

  /// All but the keys of the bottom line.
  var state: FingerprintsState {
    var state = FingerprintsState()
    state.contact = number.map { name ?? $0 }
    state.own = own.map { .init(text: $0.fingerprint, code: $0.shareText) }
    state.theirs = theirs.map { .init(text: $0.fingerprint, code: $0.shareText) }
    if let text = theirs?.newFingerprint {
      state.new = .init(text: text, code: theirs?.newShareText ?? "")
    }
    state.trust = theirs?.state
    state.code = code(state)
    state.scroll = scroll
    state.progress = progress
    state.problem = problem
    return state
  }

  private func code(_ state: FingerprintsState) -> FingerprintsState.Code? {
    switch shown {
    case .none: nil
    case .own: state.own.map { .init(label: Phrase.codeOwn.text, text: $0.code) }
    case .theirs:
      (state.new ?? state.theirs).map {
        .init(label: Phrase.codeOf.with(state.contact ?? ""), text: $0.code)
      }
    }
  }

  /// Why the key cannot be marked as compared now; nil when it can.
  var verifyDisabledReason: String? {
    switch theirs?.state {
    case .trusted: nil
    case .changed: Phrase.acceptFirst.text
    case .verified: Phrase.alreadyVerified.text
    case .own, nil: Phrase.noFingerprintYet.text
    }
  }

  /// Why no changed key can be accepted now; nil when one can.
  var acceptDisabledReason: String? {
    theirs?.state == .changed ? nil : Phrase.keyUnchanged.text
  }

  /// Shows our key as a QR code, then the contact's, then none.
  func showNextCode() {
    switch shown {
    case .none: shown = .own
    case .own: shown = theirs == nil ? .none : .theirs
    case .theirs: shown = .none
    }
    context.onChange()
  }

  /// Scrolls a code that is shown as text; false when none is shown.
  func scroll(to first: Int) -> Bool {
    guard shown != .none else { return false }
    scroll = first
    context.onChange()
    return true
  }

  /// Takes the QR code away; false when none is shown.
  func hideCode() -> Bool {
    defer { shown = .none }
    return shown != .none
  }

  func verify() {
    guard let number else { return }
    ask(VerifyIdentity(number: number), saying: .verifying)
  }

  func accept() {
    guard let number else { return }
    ask(AcceptIdentity(number: number), saying: .accepting)
  }

  /// Reads both again: something has happened to one of them.
  func load() {
    context.start("identities") { [self] in
      do throws(UserError) {
        let lines = try await context.hub.lines(of: ShowIdentities())
        own = lines.first { $0.state == .own } ?? own
        theirs = number.flatMap { number in
          lines.first { $0.number == number && $0.state != .own }
        }
        problem = nil
      } catch {
        problem = error.sentences
      }
    }
  }

  private func ask<R: Request>(_ call: R, saying phrase: Phrase)
  where R.Output == IdentityOutput {
    guard progress == nil else { return }
    progress = phrase.text
    context.start("identity") { [self] in
      do throws(UserError) {
        let line = try await context.hub.lines(of: call).last
        theirs = line ?? theirs
        problem = nil
      } catch {
        problem = error.sentences
      }
      progress = nil
    }
  }
}
