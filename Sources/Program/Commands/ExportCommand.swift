import Accounts
import Domain

extension Subcommand {
  static let export = Subcommand(
    path: ["export"], operands: "messages|orders|calls",
    operandValues: [.oneOf(["messages", "orders", "calls"])], operandCount: 1...1,
    summary: "everything of one kind that is stored, oldest first",
    options: [.choice("format", ["csv", "jsonl"], "how rows are written (default: csv)")]
  ) { invocation throws(UserError) in
    guard let kind = ExportRows.Kind(rawValue: invocation.arguments.operands[0]) else {
      throw .usage("messages, orders and calls can be exported")
    }
    let output = invocation.output
    let name = invocation.arguments["format"] ?? (output.isJSON ? "jsonl" : "csv")
    guard let format = ExportFormat(rawValue: name) else {
      throw .usage("--format is csv or jsonl")
    }
    output.whole(format.header(of: kind))
    try await invocation.withAccounts { accounts throws(UserError) in
      try await accounts.run(ExportRows(kind: kind)) { row in
        output.whole(format.text(of: row))
      }
    }
  }
}
