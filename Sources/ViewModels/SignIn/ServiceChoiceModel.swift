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
  private let account: @MainActor (Service) -> String?

  /// - Parameters:
  ///   - services: in the order of the page; those that need no server of one's own are chosen.
  ///   - account: who is signed in to a service; nil for nobody.
  init(_ services: [ServiceDescriptor], account: @escaping @MainActor (Service) -> String?) {
    self.services = services
    self.account = account
    chosen = Set(services.filter(\.hasPublicServer).map(\.service))
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

  /// Whether one can go on; else the page says why not.
  func isComplete() -> Bool {
    problem = chosen.isEmpty ? Phrase.chooseOne.text : nil
    return problem == nil
  }
}
