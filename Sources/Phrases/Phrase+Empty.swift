extension Phrase {
  // Empty, loading, failed.
  package static let emptyChats: Phrase =
    "No chats yet. Press S to sign in, n to write to a number."
  package static let emptyConversation: Phrase = "Choose a chat and press Enter."
  package static let emptyMessages: Phrase = "No messages here yet."
  package static let emptyCalls: Phrase = "No calls yet. Incoming calls ring here."
  package static let emptyBalances: Phrase = "No balances. Press S to enter trading keys."
  package static let noBalances: Phrase = "The account holds nothing."
  package static let emptyOrders: Phrase = "No orders. Press t to swap."
  package static let loading: Phrase = "loading…"
  package static let staleSince: Phrase = "offline, from {}"
  package static let terminalTooSmall: Phrase = "Tercet needs at least 40×10; this is {}×{}."
}
