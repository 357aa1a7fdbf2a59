/// The three connections of one account.
struct ConnectionPool: Sendable {
  let trade: TradingConnection
  let quotes: TradingConnection
  let stream: TradingConnection

  init(
    _ context: ConnectionContext,
    report: @escaping @Sendable (TradingConnection.Purpose, TradingConnection.Event) async -> Void
  ) {
    trade = TradingConnection(.trade, context) { await report(.trade, $0) }
    quotes = TradingConnection(.quotes, context) { await report(.quotes, $0) }
    stream = TradingConnection(.stream, context) { await report(.stream, $0) }
  }

  func stop() async {
    for connection in all { await connection.stop() }
  }

  func retryNow() async {
    for connection in all { await connection.retryNow() }
  }

  private var all: [TradingConnection] { [trade, quotes, stream] }
}
