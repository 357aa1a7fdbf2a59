import Storage

// What depends on somebody looking.
extension ConversationModel {
  /// Whether keys go here: what comes to a chat that nobody looks at is not read.
  func setFocused(_ isFocused: Bool) {
    guard isFocused != self.isFocused else { return }
    self.isFocused = isFocused
    if isFocused { markReadIfSeen() }
  }

  func markReadIfSeen() {
    // Whoever reads elsewhere in the chat has not seen what is new.
    if case .message = standing { return }
    guard window.isLive, let record, record.unread > 0 else { return }
    guard isFocused || context.desk.settings.readMarks == .always else { return }
    context.start("chat.read") { [self] in await markRead(record) }
  }
}
