import Domain
import Storage

// What depends on somebody looking.
extension ConversationModel {
  /// Whether keys go here: what comes to a chat that nobody looks at is not read.
  func setFocused(_ isFocused: Bool) {
    guard isFocused != self.isFocused else { return }
    self.isFocused = isFocused
    if isFocused { markReadIfSeen() }
  }

  /// Whatever has come up to the newest message in sight is read, on the server too. Its count of the
  /// chat may come before the message itself or after it, so both are looked at, not the count alone.
  func markReadIfSeen() {
    guard position.showsWhatIsNew, window.isLive, let record,
      let newest = messages.last(where: \.isSettled)
    else { return }
    guard isFocused || context.hub.settings.readMarks == .always else { return }
    let isNew = messages.contains { !$0.own && $0.at > max(record.readMark ?? 0, seen) }
    guard isNew || record.unread > 0 else { return }
    seen = max(seen, newest.at)
    let mark = max(newest.at, record.readMark ?? 0)
    context.start("chat.read") { [self] in await markRead(record.chat, upTo: mark) }
  }

  /// The chats as the list has them now; the open one may be among them.
  func take(_ chats: [ChatRecord]) {
    if chats.contains(where: { $0.chat == chat && $0.unread > 0 }) { markReadIfSeen() }
  }

  /// One mark after another: what the store counted at an earlier one must not be shown in the place of
  /// what it counts at a later one.
  func markRead(_ chat: ChatID, upTo mark: Int64) async {
    let earlier = marking
    let work = Task {
      await earlier?.value
      let read = await context.hub.markRead(chat, upTo: mark)
      if let read { chats.take([read]) }
    }
    marking = work
    await work.value
  }
}
