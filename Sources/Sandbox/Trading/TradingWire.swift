/// An answer or a push: `op`, `ch` or both, then `data`.
struct TradingReply<Payload: Encodable>: Encodable {
  var op: String?
  var ch: String?
  let data: Payload
}

/// `{"error": …}`, the trading document's "Error Format".
struct TradingErrorReply: Encodable {
  let error: String
}

/// `{"status": …}`, in answers to `auth`, `subscribe` and `unsubscribe`.
struct TradingStatus: Encodable {
  let status: String
}

/// "Swap Estimate", request.
struct EstimateRequest: Decodable {
  let from: String
  let to: String
  let amount: Amount
  let network: String?
  let filter: [String]?
}

/// "Swap Estimate", response.
struct EstimateAnswer: Encodable {
  let route: [Market.Step]
  let price: Amount
  let expectedOut: Amount
  let fee: Amount
  let expiresAt: Int64
}

/// "Execute Swap", request.
struct SwapRequest: Decodable {
  let from: String
  let to: String
  let amount: Amount
  let slippageBasisPoints: Int?
  let clientOrderID: String?
  let filter: [String]?

  enum CodingKeys: String, CodingKey {
    case from, to, amount, filter
    case slippageBasisPoints = "slippage_bps"
    case clientOrderID = "clientOrderId"
  }
}

/// "Execute Swap", response.
struct SwapAnswer: Encodable {
  let orderId: String
  let status: Order.Status
}

/// "Order Status", request; the id is the server's or the client's.
struct OrderStatusRequest: Decodable {
  let id: String
}

/// "Get Balances", response.
struct BalancesAnswer: Encodable {
  let balances: [Wallet.Balance]
}
