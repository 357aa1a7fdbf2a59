import Accounts
import Domain
import Storage

/// What has been read of the open chat, as its marks tell: here, in the store and on the server.
///
/// What comes to a chat that nobody looks at is not read, so the marks know whether somebody does.
@MainActor
final class ReadMarks {
  /// The pane has the keys.
  private(set) var isFocused = false
  /// Up to which moment (wall ms) what stands here was marked as read; the chat's record follows later.
  private var seen: Int64 = 0
  /// The mark that is being kept; the next one waits for it.
  private var marking: Task<Void, Never>?
  private let context: ModelContext
  private let chats: ChatListModel

  init(_ context: ModelContext, chats: ChatListModel) {
    self.context = context
    self.chats = chats
  }

  /// Whether keys go to the chat from now on; returns whether they have just come there.
  func setFocused(_ isFocused: Bool) -> Bool {
    defer { self.isFocused = isFocused }
    return isFocused && !self.isFocused
  }

  /// Another chat is opened: nothing of it was marked here.
  func begin() { seen = 0 }

  /// Marks what stands on the screen, up to the newest message that the server has. Its count of the
  /// chat may come before the message itself or after it, so both are looked at, not the count alone.
  func see(_ messages: [MessageRecord], of chat: ChatRecord) {
    guard let newest = messages.last(where: \.isSettled) else { return }
    guard isFocused || context.hub.settings.readMarks == .always else { return }
    let isNew = messages.contains { !$0.own && $0.at > max(chat.readMark ?? 0, seen) }
    guard isNew || chat.unread > 0 else { return }
    seen = max(seen, newest.at)
    let end = max(newest.at, chat.readMark ?? 0)
    context.start("chat.read", isSeen: false) { [self] in await mark(chat.chat, upTo: end) }
  }

  /// One mark after another: what the store counted at an earlier one must not be shown in the place of
  /// what it counts at a later one.
  func mark(_ chat: ChatID, upTo mark: Int64) async {
    let earlier = marking
    let work = Task {
      await earlier?.value
      await keep(chat, upTo: mark)
    }
    marking = work
    await work.value
  }

  private func keep(_ chat: ChatID, upTo mark: Int64) async {
    do throws(UserError) {
      try await context.hub.run(MarkRead(chat: chat, upTo: mark)) { _ in }
    } catch {
      // It stays unread on the screen; the next look at the chat marks it again.
      return context.hub.environment.log("read: \(error.message)")
    }
    let read = await context.hub.environment.storing { store in
      try await store.chats.chat(chat)
    }
    if let read = read ?? nil { chats.update([read]) }
  }
}
