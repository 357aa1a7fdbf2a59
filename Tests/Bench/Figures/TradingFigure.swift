/// Swaps signed and balances taken in, beside the trading document's own client code in node.
struct TradingFigure {
  let script: String
  let runs: Int

  func rows() async throws -> [Row] {
    let trading = try TradingBench()
    var ours: [[Double]] = []
    var theirs: [[Double]] = []
    for _ in 0..<runs {
      ours.append(try await trading.rates())
      PeerRates(command: "node '\(script)' \(TradingBench.count)", rates: 2).map {
        theirs.append($0.rates)
      }
    }
    func row(_ figure: String, _ index: Int) -> Row {
      Row(
        figure, Sample(ours.map { $0[index] }),
        beside: [("node", Sample(theirs.map { $0[index] }))])
    }
    return [
      row("swap signed and framed, per s", 0), row("push of balances to the state, per s", 1),
    ]
  }
}
