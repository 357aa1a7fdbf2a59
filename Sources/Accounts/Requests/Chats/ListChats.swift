import Domain
import Storage

/// All chats, newest first.
///
/// When a service cannot be reached, what is stored is listed and the failure is thrown after it.
package struct ListChats: Request {
  /// All chats of all messengers.
  package init() {}

  /// Emits an output for each chat.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let problem = try await hub.problemReachingMessengers()
    if problem == nil {
      await hub.catchUp()
    }
    for chat in try await hub.withStore({ store in try await store.chats.all() }) {
      await emit(ChatOutput(chat))
    }
    if let problem { throw problem.besideStored }
  }
}
