extension Phrase {
  // Empty, loading, failed.
  public static let emptyChats: Phrase = "No chats yet. Press S to sign in, n to write to a number."
  public static let emptyConversation: Phrase = "Choose a chat and press Enter."
  public static let emptyMessages: Phrase = "No messages here yet."
  public static let emptyCalls: Phrase = "No calls yet. Incoming calls ring here."
  public static let emptyBalances: Phrase = "No balances. Press S to enter trading keys."
  public static let noBalances: Phrase = "The account holds nothing."
  public static let emptyOrders: Phrase = "No orders. Press t to swap."
  public static let loading: Phrase = "loading…"
  public static let staleSince: Phrase = "offline, from {}"
  public static let terminalTooSmall: Phrase = "Tercet needs at least 40×10; this is {}×{}."
}
