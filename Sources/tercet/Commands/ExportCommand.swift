import Console

extension Subcommand {
  static let export = Subcommand(
    path: ["export"], operands: "messages|orders|calls", operandCount: 1...1,
    summary: "everything of one kind that is stored, oldest first",
    options: [.value("format", "csv|jsonl", "how rows are written (default: csv)")]
  ) { invocation throws(ConsoleError) in
    guard let kind = ExportRows.Kind(rawValue: invocation.arguments.operands[0]) else {
      throw .usage("messages, orders and calls can be exported")
    }
    let format = invocation.arguments["format"] ?? (invocation.output.isJSON ? "jsonl" : "csv")
    guard ["csv", "jsonl"].contains(format) else { throw .usage("--format is csv or jsonl") }
    let output = invocation.output
    if format == "csv" { output.raw(CSV.line(kind.header)) }
    try await invocation.withAccounts { accounts throws(ConsoleError) in
      try await accounts.run(ExportRows(kind: kind)) { row in
        output.raw(format == "csv" ? CSV.line(row.fields) : row.json)
      }
    }
  }
}

extension ExportRows.Kind {
  fileprivate var header: [String?] {
    switch self {
    case .messages:
      ["chat", "id", "from", "at", "text", "status", "replyTo", "attachments", "edited"]
    case .orders:
      [
        "clientOrderId", "orderId", "status", "from", "to", "amount", "filledOut", "txHash",
        "updatedAt", "at",
      ]
    case .calls:
      [
        "event", "conversationId", "callerId", "caller", "kind", "at", "callee", "durationMs",
      ]
    }
  }
}

extension ExportRows.Row {
  /// In the order of the header; times as ISO 8601 in UTC.
  fileprivate var fields: [String?] {
    switch self {
    case .message(let line):
      [
        line.chat, line.id, line.from, line.at.iso8601, line.text, line.status, line.replyTo,
        line.attachments.map(\.name).joined(separator: "; "), line.edited ? "yes" : "no",
      ]
    case .order(let line):
      [
        line.clientOrderId, line.orderId, line.status, line.from, line.to, line.amount,
        line.filledOut, line.txHash, line.updatedAt?.iso8601, line.at.iso8601,
      ]
    case .call(let line):
      [
        line.event, line.conversationId, line.callerId, line.caller, line.kind, line.at.iso8601,
        line.callee, line.durationMs.map { String($0) },
      ]
    }
  }

  fileprivate var json: String {
    switch self {
    case .message(let line): Output.json(line)
    case .order(let line): Output.json(line)
    case .call(let line): Output.json(line)
    }
  }
}
