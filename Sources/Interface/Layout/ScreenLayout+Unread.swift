extension ScreenLayout {
  /// Whether a terminal of this size has no room for all unread messages of the conversation, which
  /// then begins with the first one.
  func hasUnreadOutOfSight(_ size: Size) -> Bool {
    guard let chat = state.conversation, chat.top != nil, chat.selection == nil,
      size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows
    else { return false }
    var columns = size.columns
    if columns >= Self.wideColumns {
      columns -= Self.leftColumns(of: size.columns) + Self.rightColumns(of: size.columns) + 2
    }
    let banner = state.ring == nil ? 0 : CallBanner.rows
    // Without the first and last line and their rules.
    return conversation.linesBelow(Size(columns: columns, rows: size.rows - banner - 4)) > 0
  }
}
