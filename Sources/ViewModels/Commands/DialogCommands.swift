extension Command {
  /// What keys do inside dialogs; fields that are typed into come first.
  package static let dialogs: [Command] = [
    Command(
      name: "dialog.close", keys: [.escape, .character("q")], title: .commandCloseDialog,
      hint: .hintClose,
      places: [
        .dialog(.order), .dialog(.call), .dialog(.identity), .dialog(.group), .dialog(.line),
        .dialog(.devices), .dialog(.picture), .dialog(.chart),
      ],
      group: .groupDialogs
    ) { $0.dialogs.closeTopmost() },
    commit,
    Command(
      name: "ticket.requote", keys: [.character("r")], title: .commandRequote,
      hint: .hintRequote, places: [.dialog(.ticketReview)], group: .groupTrading,
      cli: "tercet estimate"
    ) { $0.dialogs.ticket?.askForQuote() },
    Command(
      name: "ticket.edit", keys: [.character("e")], title: .commandEditTicket, hint: .hintEdit,
      places: [.dialog(.ticketReview)], group: .groupTrading
    ) { $0.dialogs.ticket?.backToEditing() },
    Command(
      name: "ticket.leave", keys: [.escape], title: .commandLeaveTicket, hint: .hintLeave,
      places: [.dialog(.ticketReview)], group: .groupTrading
    ) { $0.dialogs.close() },
    Command(
      name: "ticket.done", keys: [.enter, .escape], title: .commandCloseDialog, hint: .hintClose,
      places: [.dialog(.ticketEnd)], group: .groupDialogs
    ) { $0.dialogs.close() },
  ]

  static let commit = Command(
    name: "ticket.commit", keys: [.character("C")], title: .commandCommit, hint: .hintCommit,
    places: [.dialog(.ticketReview)], group: .groupTrading, cli: "tercet swap",
    disabledReason: { $0.dialogs.ticket?.obstacle }
  ) { $0.dialogs.ticket?.commit() }
}
