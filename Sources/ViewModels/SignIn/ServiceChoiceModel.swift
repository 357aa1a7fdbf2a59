import Domain
import Phrases
import ScreenState
import Storage

/// Which services somebody uses: the wizard's first page.
@MainActor
final class ServiceChoiceModel {
  static let services: [Service] = [.max, .trading, .textsecure]

  private(set) var chosen: Set<Service> = [.max, .trading]
  private(set) var selection = 0
  private(set) var problem: String?

  var choices: [WizardState.Choice] {
    ServiceChoiceModel.services.map { service in
      let explanation: Phrase =
        switch service {
        case .max: .maxExplanation
        case .trading: .tradingExplanation
        case .textsecure: .textSecureExplanation
        }
      return WizardState.Choice(
        service: service, title: service.title, explanation: explanation.text,
        isChosen: chosen.contains(service))
    }
  }

  func press(_ key: Key) {
    let count = ServiceChoiceModel.services.count
    switch key {
    case .tab, .down: selection = (selection + 1) % count
    case .backTab, .up: selection = (selection + count - 1) % count
    case .character(" "):
      let service = ServiceChoiceModel.services[selection]
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
