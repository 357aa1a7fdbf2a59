import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Which services somebody uses: the wizard's first page.
@MainActor
final class ServiceChoiceModel {
  let services: [ServiceDescriptor]

  private(set) var chosen: Set<Service>
  private(set) var selection = 0
  private(set) var problem: String?
  /// Whether somebody was signed in to a service when the page came up.
  let hasAccounts: Bool
  private let account: @MainActor (Service) -> String?

  /// - Parameters:
  ///   - services: in the order of the page; on a first start those that need no server of one's own
  ///     are chosen, later none is.
  ///   - account: who is signed in to a service; nil for nobody.
  init(_ services: [ServiceDescriptor], account: @escaping @MainActor (Service) -> String?) {
    self.services = services
    self.account = account
    // Who is signed in already is not asked again, unless it is chosen.
    let missing = services.filter { account($0.service) == nil }
    hasAccounts = missing.count < services.count
    chosen = hasAccounts ? [] : Set(missing.filter(\.hasPublicServer).map(\.service))
    selection = services.firstIndex { account($0.service) == nil } ?? 0
  }

  var choices: [WizardState.Choice] {
    services.map { service in
      WizardState.Choice(
        service: service.service, title: service.service.title,
        explanation: service.words.explanation.text, isChosen: chosen.contains(service.service),
        account: account(service.service).map { Phrase.signedInAs.with($0) })
    }
  }

  func press(_ key: Key) {
    let count = services.count
    switch key {
    case .tab, .down: selection = (selection + 1) % count
    case .backTab, .up: selection = (selection + count - 1) % count
    case .character(" "):
      let service = services[selection].service
      if chosen.remove(service) == nil { chosen.insert(service) }
      problem = nil
    default: break
    }
  }

  /// Whether one can go on; else the page says why not. Where somebody is signed in, the selected service
  /// is meant when none is chosen.
  func isComplete() -> Bool {
    if hasAccounts, chosen.isEmpty { chosen = [services[selection].service] }
    problem = chosen.isEmpty ? Phrase.chooseOne.text : nil
    return problem == nil
  }
}
