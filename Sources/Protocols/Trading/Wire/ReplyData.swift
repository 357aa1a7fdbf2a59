/// `{"status": …}` of authentication and subscriptions.
struct StatusData: Decodable {
  let status: String
}

/// Balances, as the reply's object or as the push's bare array (seed 001, Get Balances and
/// Balances channel).
struct BalancesData: Decodable {
  /// More assets than any account has.
  static let limit = 10_000

  let balances: [Balance]

  private enum Keys: String, CodingKey { case balances }

  init(from decoder: any Decoder) throws {
    var list: any UnkeyedDecodingContainer
    if let object = try? decoder.container(keyedBy: Keys.self) {
      list = try object.nestedUnkeyedContainer(forKey: .balances)
    } else {
      list = try decoder.unkeyedContainer()
    }
    var balances: [Balance] = []
    while !list.isAtEnd, balances.count < BalancesData.limit {
      balances.append(try list.decode(BalanceData.self).balance)
    }
    self.balances = balances
  }
}

private struct BalanceData: Decodable {
  let balance: Balance

  private enum Keys: String, CodingKey { case asset, total, locked }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    balance = Balance(
      asset: try container.requiredText(.asset), total: try container.requiredAmount(.total),
      locked: container.amount(.locked) ?? .zero)
  }
}

/// An order's state, in replies to `swap` and `order_status` and in pushes.
struct OrderData: Decodable {
  let update: OrderUpdate

  private enum Keys: String, CodingKey {
    case orderId, clientOrderId, status, filledOut, txHash, updatedAt
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    update = OrderUpdate(
      orderId: try container.requiredText(.orderId), clientOrderId: container.text(.clientOrderId),
      status: OrderStatus(serverText: try container.requiredText(.status)),
      filledOut: container.amount(.filledOut), txHash: container.text(.txHash),
      updatedAt: container.integer(.updatedAt))
  }
}

/// An estimate (seed 001, Swap Estimate).
struct EstimateData: Decodable, Sendable {
  static let stepLimit = 64

  let route: [Quote.Step]
  let price: Amount?
  let expectedOut: Amount
  let fee: Amount?
  let expiresAt: Int64?

  private enum Keys: String, CodingKey { case route, price, expectedOut, fee, expiresAt }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let steps = container.tolerant([StepData].self, .route) ?? []
    route = steps.prefix(EstimateData.stepLimit).map(\.step)
    price = container.amount(.price)
    expectedOut = try container.requiredAmount(.expectedOut)
    fee = container.amount(.fee)
    expiresAt = container.integer(.expiresAt)
  }
}

private struct StepData: Decodable {
  let step: Quote.Step

  private enum Keys: String, CodingKey {
    case from_asset, to_asset, amount_in, amount_out, pool, exchange
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    step = Quote.Step(
      fromAsset: container.text(.from_asset), toAsset: container.text(.to_asset),
      amountIn: container.amount(.amount_in), amountOut: container.amount(.amount_out),
      place: container.text(.exchange) ?? container.text(.pool))
  }
}
