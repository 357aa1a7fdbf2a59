import Storage

/// Every sentence and word the program says, in one table.
///
/// The raw value is the English text, the case name is the key of a translation. `{}` stands for
/// an argument, filled in order by `with(_:)`.
public enum Phrase: String, Sendable, CaseIterable {
  // Days and months.
  case sunday = "Sunday"
  case monday = "Monday"
  case tuesday = "Tuesday"
  case wednesday = "Wednesday"
  case thursday = "Thursday"
  case friday = "Friday"
  case saturday = "Saturday"
  case january = "January"
  case february = "February"
  case march = "March"
  case april = "April"
  case may = "May"
  case june = "June"
  case july = "July"
  case august = "August"
  case september = "September"
  case october = "October"
  case november = "November"
  case december = "December"
  case yesterday = "yesterday"
  case ago = "{} ago"

  // Services and lamps.
  case serviceMax = "MAX"
  case serviceTrading = "TheOne"
  case serviceTextSecure = "TextSecure"
  case lampConnecting = "connecting"
  case lampRetry = "retry in {}"
  case lampStopped = "stopped"
  case lampNotSetUp = "not set up"
  case skew = "skew {}"
  case modeLive = "LIVE"
  case modeSandbox = "SANDBOX"
  case modeHalted = "HALTED"

  // Panes.
  case chats = "CHATS"
  case calls = "CALLS"
  case balances = "BALANCES"
  case orders = "ORDERS"
  case ordersOpen = "{} open"
  case locked = "locked {}"
  case viewChats = "Chats"
  case viewDesk = "Desk"
  case viewCalls = "Calls"
  case needYou = "{} need you"
  case you = "you"
  case typing = "{} is typing…"
  case typingShort = "typing…"
  case online = "online"
  case lastSeen = "last seen {}"
  case newMessages = "{} new"
  case edited = "edited"
  case messageDeleted = "message deleted"
  case loadingOlder = "loading earlier messages…"
  case beginning = "beginning of the conversation"
  case pressToRefresh = "press u"

  // What a message can be.
  case savedMessages = "Saved messages"
  case person = "Person {}"
  case chat = "Chat {}"
  case someone = "someone"
  case forwarded = "forwarded from {}"
  case photo = "photo"
  case videoClip = "video clip"
  case voice = "voice"
  case sticker = "sticker"
  case link = "link"
  case contact = "contact"
  case callAudioLine = "call {}"
  case callVideoLine = "video call {}"
  case unsupported = "unsupported: {}"
  case controlNew = "{} created the group"
  case controlAdd = "{} added {}"
  case controlRemove = "{} removed {}"
  case controlLeave = "{} left"
  case controlTitle = "{} renamed the group to {}"
  case controlPin = "{} pinned a message"
  case controlJoin = "{} joined by link"
  case controlOther = "service message: {}"

  // Empty, loading, failed.
  case emptyChats = "No chats yet. They appear when you are signed in to MAX: press S."
  case emptyConversation = "Choose a chat and press Enter."
  case emptyMessages = "No messages here yet."
  case emptyCalls = "No calls yet. Incoming calls ring here."
  case emptyBalances = "No balances. Press S to enter trading keys."
  case noBalances = "The account holds nothing."
  case emptyOrders = "No orders. Press t to swap."
  case loading = "loading…"
  case staleSince = "offline, from {}"
  case terminalTooSmall = "Tercet needs at least 40×10; this is {}×{}."

  // Calls.
  case isCalling = "{} is calling"
  case audio = "audio"
  case video = "video"
  case answerOnPhone = "(answer on your phone)"
  case callRinging = "ringing"
  case callEnded = "ended"
  case callDeclined = "declined"
  case callMissed = "missed"
  case callIgnored = "ignored"
  case callWhen = "When"
  case callState = "State"
  case callSignaling = "Signalling"
  case callStun = "STUN"
  case callTurn = "TURN"
  case callUnreadable = "The call's configuration could not be read: {}."

  case logoutUnconfirmed = "The server was not told that you signed out"
  case logoutHint = "Close this session in the MAX app on your phone"

  // Ticket.
  case swap = "SWAP"
  case pay = "Pay"
  case receive = "Receive"
  case atLeast = "At least"
  case route = "Route"
  case quote = "Quote"
  case after = "After"
  case slippage = "Slippage"
  case from = "From"
  case to = "To"
  case ofAvailable = "of {} available"
  case atPrice = "at {}"
  case fee = "fee {} (unit not stated)"
  case goodFor = "good for {}"
  case quoteExpired = "expired"
  case before = "before: {}"
  case nothingIsSent = "nothing is sent until you commit"
  case quoting = "Asking for a quote…"
  case sending = "Sending the swap…"
  case percent = "{} %"

  // Order details.
  case order = "ORDER"
  case orderId = "Order"
  case clientOrderId = "Client id"
  case orderStatus = "Status"
  case orderAmount = "Amount"
  case orderExpected = "Expected"
  case orderFilled = "Received"
  case orderTransaction = "Transaction"
  case orderCreated = "Placed"
  case orderUpdated = "Updated"
  case orderReason = "Note"

  // Wizard.
  case welcome = "Welcome to Tercet."
  case stepOf = "{} of {}"
  case whichServices = "Which of these do you use? Space to choose, Enter to go on."
  case maxExplanation = "chats and incoming calls, sign in with your phone number"
  case tradingExplanation = "balances, quotes and swaps, sign in with an API key"
  case textSecureExplanation = "private messages through a relay you or a friend runs"
  case notInThisVersion = "not in this version"
  case keptIn = "Everything is kept in {}, readable by you alone."
  case chooseOne = "Choose at least one, or press Esc to look around first."
  case maxPhoneTitle = "MAX: your phone number"
  case maxPhoneIntroduction = "A code is sent to this number to prove that it is yours."
  case phoneLabel = "Phone"
  case maxCodeTitle = "MAX: the code"
  case maxCodeIntroduction = "Type the code that was sent to {}."
  case codeLabel = "Code"
  case maxPasswordTitle = "MAX: your password"
  case maxPasswordIntroduction = "This account asks for its password as well."
  case passwordHint = "Hint: {}"
  case passwordLabel = "Password"
  case tradingTitle = "TheOne: your API key"
  case tradingIntroduction = "The key names the account, the secret signs. The secret stays here."
  case keyLabel = "Key"
  case secretLabel = "Secret"
  case askingForCode = "Asking for a code…"
  case checkingCode = "Checking the code…"
  case checkingPassword = "Checking the password…"
  case checkingKey = "Checking the key…"
  case newCodeIn = "A new code can be asked for in {}."
  case newCodeNow = "No code? Press Ctrl-R for a new one."
  case sandboxSms = "The sandbox sent an SMS to {}: {}"
  case signedIn = "{}: signed in as {}"
  case wizardDone = "All set"
  case pressEnter = "Press Enter to open the console."

  // Failures.
  case tryAgain = "Try again"
  case notSignedIn = "You are not signed in to {}"
  case signInHint = "Sign in with `tercet login {}` or in the console"
  case noSuchChat = "There is no chat {}"
  case noSuchChatHint = "See `tercet chats` for their names"
  case noSuchMessage = "There is no message {} in {}"
  case noSuchMessageHint = "Take an id that `tercet messages {}` has shown"
  case notRegistered = "This number has no MAX account; make one in the MAX app first"
  case noConnectionTo = "{} cannot be reached"
  case noConnectionHint = "Check the network and the address; `tercet doctor` tells more"
  case notRinging = "This call does not ring any more"
  case notRingingHint = "See `tercet calls` for what became of it"
  case halted = "Trading is halted"
  case haltedHint = "Lift it with `tercet resume` or the H key"
  case noSuchOrder = "There is no order {}"
  case noSuchOrderHint = "See `tercet orders`"
  case orderStillUnknown = "The server still says nothing about order {}"
  case noSignIn = "There is no sign-in to go on with"
  case noSignInHint = "Begin with the phone number"

  case keyAndSecretNeeded = "A key and its secret are needed"
  case keyAndSecretHint = "Both are on the page where the key was made"
  case badAmount = "`{}` is not an amount"
  case badOrderId = "The client order id cannot be used"
  case badOrderIdHint = "1 to 36 letters, digits, `_` and `-`"
  case priceMoved = "The price moved: {} now, {} was confirmed"
  case priceMovedHint = "Look at the new quote and confirm it"
  case orderEnded = "Order {} ended {}"
  case orderEndedHint = "See `tercet order` for what is known"
  case outcomeUnknown = "Nobody knows yet whether swap {} was executed. {}"
  case outcomeUnknownHint = "Do not repeat it; `tercet order {}` asks the server"
  case journalBroken = "The journal is broken at row {}: {}"
  case journalBrokenHint = "Keep the file and compare it with a backup"

  // The ticket's reasons and ends.
  case typeAmount = "how much"
  case noQuote = "Ask for a quote first"
  case noBalanceData = "The balance of {} is not known"
  case overBalance = "More than the {} available"
  case quoteStale = "The quote has run out: press r for a new one"
  case readFirst = "A moment: read it first"
  case received = "received {}"
  case orderPlaced = "Order {} is placed."
  case unknownAdvice = "Do not repeat it: the orders pane will tell, u asks again."
  case badSlippage = "The slippage is not a percentage"
  case badSlippageHint = "Write it like 0.30, at most 100"
  case orderFilledNotice = "Filled: {}, received {}"
  case orderEndedNotice = "{} ended {}"
  case notSent = "not sent"

  // The wizard's keys.
  case hintMove = "move"
  case hintChoose = "choose"
  case hintGoOn = "go on"
  case hintLater = "later"
  case hintBack = "back"
  case hintNext = "next field"
  case hintNewCode = "new code"
  case hintOpen = "open the console"

  // Commands.
  case commandNextPane = "go to the next pane"
  case commandPreviousPane = "go to the pane before"
  case commandViewChats = "show the chats"
  case commandViewConversation = "show the open conversation"
  case commandViewDesk = "show balances and orders"
  case commandViewCalls = "show the call log"
  case commandNextAttention = "go to what needs you next"
  case commandSignIn = "sign in to a service"
  case commandRetry = "try to connect again now"
  case commandDismiss = "dismiss a message"
  case commandHelp = "show this help"
  case commandRedraw = "draw the screen anew"
  case commandQuit = "quit; nothing is lost"
  case commandUp = "up"
  case commandDown = "down"
  case commandPageUp = "a page up"
  case commandPageDown = "a page down"
  case commandFirst = "to the beginning"
  case commandLast = "to the end"
  case commandOpenChat = "open the selected chat"
  case commandCloseChat = "go back to the list of chats"
  case commandSignOutMax = "sign out of MAX (press twice)"
  case commandSignOutTrading = "sign out of TheOne (press twice)"
  case commandDeclineCall = "decline the ringing call on all your devices"
  case commandIgnoreCall = "stop the ringing here; other devices ring on"
  case commandShowCall = "show everything about the selected call"
  case commandTrade = "swap one asset for another"
  case commandShowOrder = "show everything about the selected order"
  case commandRefreshOrder = "ask the server about the selected order"
  case commandHalt = "halt trading, or resume it"
  case commandCloseDialog = "close the dialog"
  case commandCommit = "send the swap that is being reviewed"
  case commandRequote = "ask for a new quote"
  case commandEditTicket = "change the swap"
  case commandLeaveTicket = "leave without sending anything"
  case hintPane = "pane"
  case hintHelp = "help"
  case hintQuit = "quit"
  case hintOpenChat = "open"
  case hintDecline = "decline"
  case hintIgnore = "ignore"
  case hintDetails = "details"
  case hintTrade = "trade"
  case hintAskServer = "ask the server"
  case hintClose = "close"
  case hintCommit = "commit"
  case hintRequote = "new quote"
  case hintEdit = "edit"
  case hintLeave = "leave"
  case hintQuote = "quote"
  case nothingNeedsYou = "Nothing needs you now."
  case nothingToRetry = "Nothing waits for a connection."
  case nothingToDismiss = "There is no message."
  case noChatSelected = "There is no chat yet."
  case noCallSelected = "There is no call yet."
  case noOrderSelected = "There is no order yet."
  case noTradingAccount = "Sign in to TheOne first: press S."
  case haltedPressH = "Trading is halted: press H to resume."
  case pressAgainToSignOut = "Press L again to sign out of {}"

  // Groups of the help overlay.
  case help = "HELP"
  case groupEverywhere = "Everywhere"
  case groupLists = "Lists"
  case groupChats = "Conversation"
  case groupCalls = "A call"
  case groupTrading = "Trading"
  case groupDialogs = "Dialogs"

  /// From Sunday on.
  static let weekdays: [Phrase] = [
    .sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday,
  ]
  /// From January on.
  static let months: [Phrase] = [
    .january, .february, .march, .april, .may, .june, .july, .august, .september, .october,
    .november, .december,
  ]

  /// The text in the language in use.
  public var text: String { rawValue }

  /// The text with each `{}` replaced by the next argument.
  public func with(_ arguments: String...) -> String {
    var rest = text[...]
    var output = ""
    for argument in arguments {
      guard let hole = rest.firstRange(of: "{}") else { break }
      output += rest[..<hole.lowerBound] + argument
      rest = rest[hole.upperBound...]
    }
    return output + rest
  }
}

extension Service {
  /// The name people know it by.
  public var title: String {
    switch self {
    case .max: Phrase.serviceMax.text
    case .trading: Phrase.serviceTrading.text
    case .textsecure: Phrase.serviceTextSecure.text
    }
  }
}
