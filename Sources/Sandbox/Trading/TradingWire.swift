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

/// What is given and what is wanted, in estimates and swaps; the vendor's libraries have names of
/// their own for it.
struct Exchange: Decodable {
  let from: String
  let to: String
  let amount: Amount

  private enum DocumentKeys: String, CodingKey { case from, to, amount }
  private enum LibraryKeys: String, CodingKey { case assetIn, assetOut, amountIn }

  init(from decoder: any Decoder) throws {
    if decoder.tradingDialect.hasLibraryNames {
      let object = try decoder.container(keyedBy: LibraryKeys.self)
      from = try object.decode(String.self, forKey: .assetIn)
      to = try object.decode(String.self, forKey: .assetOut)
      amount = try object.decode(Amount.self, forKey: .amountIn)
    } else {
      let object = try decoder.container(keyedBy: DocumentKeys.self)
      from = try object.decode(String.self, forKey: .from)
      to = try object.decode(String.self, forKey: .to)
      amount = try object.decode(Amount.self, forKey: .amount)
    }
  }
}

/// "Swap Estimate", request.
struct EstimateRequest: Decodable {
  let exchange: Exchange
  let network: String?
  let filter: [String]?

  private enum Keys: String, CodingKey { case network, filter }

  init(from decoder: any Decoder) throws {
    exchange = try Exchange(from: decoder)
    let object = try decoder.container(keyedBy: Keys.self)
    network = try object.decodeIfPresent(String.self, forKey: .network)
    filter = try object.decodeIfPresent([String].self, forKey: .filter)
  }
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
  let exchange: Exchange
  let slippageBasisPoints: Int?
  let clientOrderID: String?
  let filter: [String]?

  private enum Keys: String, CodingKey {
    case filter
    case slippageBasisPoints = "slippage_bps"
    case clientOrderID = "clientOrderId"
  }

  init(from decoder: any Decoder) throws {
    exchange = try Exchange(from: decoder)
    let object = try decoder.container(keyedBy: Keys.self)
    slippageBasisPoints = try object.decodeIfPresent(Int.self, forKey: .slippageBasisPoints)
    clientOrderID = try object.decodeIfPresent(String.self, forKey: .clientOrderID)
    filter = try object.decodeIfPresent([String].self, forKey: .filter)
  }
}

/// "Execute Swap", response.
struct SwapAnswer: Encodable {
  let orderId: String
  let status: String
}

/// "Order Status", request; the id is the server's or the client's.
struct OrderStatusRequest: Decodable {
  let id: String
}

/// "Get Balances", response.
struct BalancesAnswer: Encodable {
  let balances: [Wallet.Balance]
}
