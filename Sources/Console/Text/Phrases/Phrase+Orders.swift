extension Phrase {
  // Order details.
  public static let order: Phrase = "ORDER"
  public static let orderId: Phrase = "Order"
  public static let clientOrderId: Phrase = "Client id"
  public static let orderStatus: Phrase = "Status"
  public static let orderAmount: Phrase = "Amount"
  public static let orderExpected: Phrase = "Expected"
  public static let orderFilled: Phrase = "Received"
  public static let orderTransaction: Phrase = "Transaction"
  public static let orderCreated: Phrase = "Placed"
  public static let orderUpdated: Phrase = "Updated"
  public static let orderReason: Phrase = "Note"
}
