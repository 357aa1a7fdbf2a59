import Domain
import Storage

/// All chats, newest first.
///
/// With the line down, what is stored is listed and the failure is thrown after it.
package struct ListChats: DeskCall {
  /// All chats of all messengers.
  package init() {}

  /// Emits a line a chat.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ChatLine) async -> Void
  ) async throws(ConsoleError) {
    let problem = try await desk.problemReachingMessengers()
    if problem == nil {
      await desk.catchUp()
    }
    for chat in try await desk.reading({ store in try await store.chats.all() }) {
      await emit(ChatLine(chat))
    }
    if let problem { throw problem.besideStored }
  }
}
