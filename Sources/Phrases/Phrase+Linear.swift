extension Phrase {
  package static let linearWelcome: Phrase =
    "Tercet, line by line. /help lists all commands, /? says how this works, /quit ends it."
  package static let linearHelp: Phrase =
    "In a chat a line is a message. /chats, /messages, /calls, /balances and /orders read lists; a number chooses from the last list, in a chat with a slash before it. Any other command is typed as in the palette: /swap 0.1 ETH USDT, /mute NAME, /open NAME, /decline. /back leaves, /again repeats."
  package static let linearBack: Phrase = Phrase("back", context: "linear")
  package static let linearAgain: Phrase = Phrase("again", context: "linear")
  package static let linearSend: Phrase = Phrase("send", context: "linear")
  package static let linearDrop: Phrase = Phrase("drop", context: "linear")
  package static let linearChats: Phrase = Phrase("chats", context: "linear")
  package static let linearMessages: Phrase = Phrase("messages", context: "linear")
  package static let linearCalls: Phrase = Phrase("calls", context: "linear")
  package static let linearOrders: Phrase = Phrase("orders", context: "linear")
  package static let linearBalances: Phrase = Phrase("balances", context: "linear")
  package static let linearWhichServices: Phrase = "Which of these do you use?"
  package static let linearChosen: Phrase = "chosen"
  package static let linearNotChosen: Phrase = "not chosen"
  package static let linearAsks: Phrase = "{}?"
  package static let linearAsksLike: Phrase = "{}? For example {}"
  package static let linearAsksOr: Phrase = "{}? An empty line takes {}"
  package static let linearError: Phrase = "Error: {}"
  package static let linearWarning: Phrase = "Warning: {}"
  package static let linearRing: Phrase = "CALL: {} is calling, {}"
  package static let linearRingCommands: Phrase =
    "/decline, /reply with a text, /ignore, /check the line; answer on your phone"
  package static let linearRingOver: Phrase = "The call does not ring any more."
  package static let linearOffline: Phrase = "no connection, trying again"
  package static let linearCommit: Phrase = "Type {} to send it."
  package static let linearChat: Phrase = "Chat with {}, {}"
  package static let linearWrite: Phrase = "A line is a message now; /back leaves the chat."
  package static let linearChanged: Phrase = "Changed: {}"
  package static let linearNew: Phrase = "New in {}: {}"
  package static let linearQueued: Phrase = "waits to be sent"
  package static let linearUnread: Phrase = "{} unread"
  package static let linearMuted: Phrase = "silent"
  package static let linearDraft: Phrase =
    "There is a draft: {} — /send sends it, /drop forgets it."
  package static let linearNoNumber: Phrase = "Nothing was listed with the number {}."
  package static let linearSelected: Phrase =
    "Selected. /reply, /react, /edit, /delete, /forward, /copy, /save or /back."
  package static let linearChoose: Phrase = "Type a number from 1 to {}, or /back."
  package static let linearNumberOrEnter: Phrase =
    "Type a number, an empty line to go on, or /back."
  package static let linearTicket: Phrase =
    "Type the number of a field, 1 to 6, and its value; an empty line asks for a price; /back leaves."
  package static let linearBackFirst: Phrase = "Answer what is asked, or leave it with /back first."
}
