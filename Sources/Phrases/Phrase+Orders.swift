extension Phrase {
  // Order details.
  package static let order: Phrase = "ORDER"
  package static let orderId: Phrase = "Order"
  package static let clientOrderId: Phrase = "Client id"
  package static let orderStatus: Phrase = "Status"
  package static let orderAmount: Phrase = "Amount"
  package static let orderExpected: Phrase = "Expected"
  package static let orderFilled: Phrase = "Received"
  package static let orderTransaction: Phrase = "Transaction"
  package static let orderCreated: Phrase = "Placed"
  package static let orderUpdated: Phrase = "Updated"
  package static let orderReason: Phrase = "Note"
  package static let swapSent: Phrase = "The swap WAS sent, do not repeat it: {}"
  package static let swapUnknownUnprinted: Phrase =
    "The swap was PERHAPS executed, do not repeat it: {}"
  package static let swapNotExecuted: Phrase = "The swap was not executed: {}"
}
