import Domain
import Storage

/// Messages that did not go and wait for somebody to try again.
@MainActor
final class FailedMessagesModel {
  /// Ids by chat.
  private var failed: [ChatID: Set<String>] = [:]
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  var chats: [ChatID] { failed.keys.sorted() }

  func load() async {
    let stored = await context.hub.environment.storing { store in try await store.messages.failed()
    }
    guard let stored else { return }
    failed = [:]
    for message in stored { failed[message.chat, default: []].insert(message.id) }
    context.onChange()
  }

  func take(_ chat: ChatID, _ news: [MessageRecord]) {
    for message in news where message.own {
      if message.status == .failed {
        failed[chat, default: []].insert(message.id)
      } else {
        failed[chat]?.remove(message.id)
      }
    }
    forget(chat, [])
  }

  /// Messages that are gone.
  func forget(_ chat: ChatID, _ ids: [String]) {
    failed[chat]?.subtract(ids)
    if failed[chat]?.isEmpty == true { failed[chat] = nil }
    context.onChange()
  }
}
