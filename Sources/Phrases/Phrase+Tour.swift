extension Phrase {
  // The tour.
  package static let tourStep: Phrase = "Tour, {} of {}:"
  package static let tourOpen: Phrase = "choose a chat with the arrow keys and open it with Enter."
  package static let tourWrite: Phrase =
    "letters are text here. Write something and send it with Enter."
  package static let tourSelect: Phrase =
    "press the up arrow in the empty field: messages can be answered with r, copied with y."
  package static let tourFind: Phrase =
    "press Ctrl-P: it finds every chat and everything that can be done. Esc leaves it."
  package static let tourTrade: Phrase =
    "leave the chat with Esc and press 3: the trading desk. There t opens a swap."
  package static let tourHelp: Phrase =
    "press ? for the keys of the place where you are; Ctrl-N goes to what needs you."
  package static let tourOver: Phrase = "That was the tour. F2 begins it again."
  package static let tourLeft: Phrase = "The tour is over. F2 begins it again."
  package static let tourOffer: Phrase = "There, F2 shows you around in six steps."
  package static let commandTour: Phrase = "take the tour of six steps, or leave it"
}
