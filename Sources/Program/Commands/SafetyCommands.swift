import Accounts
import Domain
import Phrases

extension Subcommand {
  static let limits = Subcommand(
    path: ["limits"], summary: "what may be swapped from here, whoever asks",
    options: [
      .value(
        "set", "NAME=VALUE",
        "order.ASSET, day.ASSET, reserve.ASSET, assets, slippage-bps or dry-run; nothing lifts it")
    ]
  ) { invocation throws(UserError) in
    try await invocation.print(SetLimits(changes: invocation.arguments.all("set"))) { line in
      invocation.words(for: line)
    }
  }

  static let alerts = Subcommand(
    path: ["alerts"], summary: "prices that are waited for, while a console runs"
  ) { invocation throws(UserError) in
    try await invocation.print(ListPriceAlerts()) { invocation.words(for: $0) }
  }

  static let alertsAdd = Subcommand(
    path: ["alerts", "add"], operands: "FROM TO above|below PRICE",
    operandValues: [.text, .text, .oneOf(["above", "below"])], operandCount: 4...4,
    summary: "tell once when one FROM costs so much of TO"
  ) { invocation throws(UserError) in
    let words = invocation.arguments.operands
    let request = AddPriceAlert(
      from: words[0], to: words[1], direction: words[2], price: words[3])
    try await invocation.print(request) { invocation.words(for: $0) }
  }

  static let alertsRemove = Subcommand(
    path: ["alerts", "remove"], operands: "ID", operandCount: 1...1,
    summary: "wait for a price no more"
  ) { invocation throws(UserError) in
    guard let id = Int(invocation.arguments.operands[0]) else {
      throw .usage("ID is a number, as `tercet alerts` shows it")
    }
    try await invocation.print(RemovePriceAlert(id: id)) { _ in "" }
    invocation.output.remark(Phrase.alertRemoved.with("\(id)"))
  }
}

extension Invocation {
  fileprivate func words(for line: PriceAlertOutput) -> String {
    let told = line.toldAt.map { "  reached \(LocalTime(milliseconds: $0).date)" } ?? ""
    return harmless(
      "\(line.id)  \(line.from) \(line.direction) \(Amount.grouped(line.price)) \(line.to)\(told)")
  }

  fileprivate func words(for line: LimitsOutput) -> String {
    func list(_ name: String, _ amounts: [String: String]) -> [String] {
      amounts.sorted { $0.key < $1.key }.map { "\(name) \(Amount.grouped($0.value)) \($0.key)" }
    }
    var words = list("at most an order:", line.perOrder)
    words += list("at most in 24 hours:", line.perDay)
    words += list("\"max\" leaves:", line.reserves)
    if let assets = line.assets { words.append("only \(assets.joined(separator: ", "))") }
    if let bps = line.slippageBps { words.append("at most \(bps) bps of slippage") }
    if line.dryRun { words.append("dry run: no swap is sent") }
    if line.halted { words.append("trading is halted") }
    if words.isEmpty { words = ["nothing is limited"] }
    words += list("paid in 24 hours:", line.paidToday)
    return harmless(words.joined(separator: "\n"), keepingLines: true)
  }
}
