extension Command {
  package static let search = Command(
    name: "search.open", keys: [.character("/"), .control("f")], title: .commandSearch,
    hint: .hintSearch,
    places: [.everywhere], group: .groupEverywhere, cli: "tercet search QUERY",
    disabledReason: { $0.finding.searchDisabledReason }
  ) { $0.finding.openSearch() }

  static let palette = Command(
    name: "palette.open", keys: [.control("p")], title: .commandPalette, hint: .hintPalette,
    places: [.everywhere], group: .groupEverywhere
  ) { $0.finding.openPalette() }

  static let firstUnread = Command(
    name: "chat.first-unread", keys: [.character("U")], title: .commandFirstUnread,
    hint: .hintFirstUnread, places: [.messages], group: .groupChats, yieldsToText: true,
    disabledReason: { $0.conversation.unreadDisabledReason }
  ) { $0.conversation.showFirstUnread() }
}
