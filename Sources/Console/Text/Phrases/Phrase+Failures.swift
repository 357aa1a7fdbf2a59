extension Phrase {
  // Failures.
  public static let noControlSocket: Phrase = "Commands beside this console will not work ({})"
  public static let noControlSocketHint: Phrase =
    "Use a data directory on another file system, with --data-dir"
  public static let tryAgain: Phrase = "Try again"
  public static let notSignedIn: Phrase = "You are not signed in to {}"
  public static let signInHint: Phrase = "Sign in with `tercet login {}` or in the console"
  public static let noSuchChat: Phrase = "There is no chat {}"
  public static let noSuchChatHint: Phrase = "See `tercet chats` for their names"
  public static let noSuchPerson: Phrase = "{} is nobody that MAX knows here"
  public static let noSuchPersonHint: Phrase =
    "Give a number with its country code, or see `tercet contacts`"
  public static let noSuchMessage: Phrase = "There is no message {} in {}"
  public static let noSuchMessageHint: Phrase = "Take an id that `tercet messages {}` has shown"
  public static let notRegistered: Phrase =
    "This number has no MAX account; make one in the MAX app first"
  public static let noConnectionTo: Phrase = "{} cannot be reached"
  public static let noConnectionHint: Phrase =
    "Check the network and the address; `tercet doctor` tells more"
  public static let notRinging: Phrase = "This call does not ring any more"
  public static let notRingingHint: Phrase = "See `tercet calls` for what became of it"
  public static let halted: Phrase = "Trading is halted"
  public static let haltedHint: Phrase = "Lift it with `tercet resume` or the H key"
  public static let noSuchOrder: Phrase = "There is no order {}"
  public static let noSuchOrderHint: Phrase = "See `tercet orders`"
  public static let orderStillUnknown: Phrase = "The server still says nothing about order {}"
  public static let noSignIn: Phrase = "There is no sign-in to go on with"
  public static let noSignInHint: Phrase = "Begin with the phone number"
  public static let keyAndSecretNeeded: Phrase = "A key and its secret are needed"
  public static let keyAndSecretHint: Phrase = "Both are on the page where the key was made"
  public static let badAmount: Phrase = "`{}` is not an amount"
  public static let badOrderId: Phrase = "The client order id cannot be used"
  public static let badOrderIdHint: Phrase = "1 to 36 letters, digits, `_` and `-`"
  public static let priceMoved: Phrase = "The price moved: {} now, {} was confirmed"
  public static let priceMovedHint: Phrase = "Look at the new quote and confirm it"
  public static let orderEnded: Phrase = "Order {} ended {}"
  public static let orderEndedHint: Phrase = "See `tercet order` for what is known"
  public static let outcomeUnknown: Phrase = "Nobody knows yet whether swap {} was executed. {}"
  public static let outcomeUnknownHint: Phrase =
    "Do not repeat it; `tercet order {}` asks the server"
  public static let journalBroken: Phrase = "The journal is broken at row {}: {}"
  public static let journalBrokenHint: Phrase = "Keep the file and compare it with a backup"
}
