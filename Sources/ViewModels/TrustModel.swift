import Domain
import Storage

/// How far the keys of people are trusted, for the marks beside their names.
@MainActor
package final class TrustModel {
  /// By the chat with them.
  private var states: [ChatID: IdentityState] = [:] {
    didSet {
      version += 1
      changed = states.filter { $0.value == .changed }.keys.sorted()
    }
  }
  /// Another one whenever something has changed.
  private(set) var version = 0
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  func state(of chat: ChatID) -> IdentityState? { states[chat] }

  /// Chats with people whose key has changed and waits for a decision.
  private(set) var changed: [ChatID] = []

  func load() async {
    let peers = await context.hub.environment.storing { store in try await store.secure.peers() }
    if let peers { show(peers) }
  }

  /// Marks these people and no others.
  func show(_ peers: [PeerRecord]) {
    guard let service = context.hub.services(with: .identities).first else { return }
    var states: [ChatID: IdentityState] = [:]
    for peer in peers where peer.identity != nil {
      let state: IdentityState =
        peer.changedIdentity != nil ? .changed : peer.isVerified ? .verified : .trusted
      states[ChatID(service, peer.number)] = state
    }
    self.states = states
    context.onChange()
  }

  func setState(_ state: IdentityState, of chat: ChatID) {
    states[chat] = state
    context.onChange()
  }
}
