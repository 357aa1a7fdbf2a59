import Domain
import FoundationEssentials
import Storage

/// How exported rows are written.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// With a header, times as ISO 8601 in UTC.
  case csv
  /// As `--json` prints them.
  case jsonl

  /// What comes before the rows, with its line break.
  package func header(of kind: ExportRows.Kind) -> String {
    self == .csv ? CSV.line(kind.header) : ""
  }

  /// A row with its line break.
  package func text(of row: ExportRows.Row) -> String {
    self == .csv ? CSV.line(row.fields) : row.json + "\n"
  }
}

/// Compact JSON with keys in a fixed order.
package func jsonText(of value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return escapingInvisible(String(decoding: try encoder.encode(value), as: UTF8.self))
  } catch {
    // Lines are plain records of text and integers; failing here is a mistake in this program.
    preconditionFailure("a output cannot be written as JSON: \(error)")
  }
}

extension ExportRows.Kind {
  package var header: [String?] {
    switch self {
    case .messages:
      ["chat", "id", "from", "at", "text", "status", "replyTo", "attachments", "edited"]
    case .orders:
      [
        "clientOrderId", "orderId", "status", "from", "to", "amount", "filledOut", "txHash",
        "updatedAt", "at", "expectedOut", "minimumOut", "reason",
      ]
    case .calls:
      ["event", "conversationId", "callerId", "caller", "kind", "at", "callee", "durationMs"]
    }
  }
}

extension ExportRows.Row {
  /// In the order of the header; times as ISO 8601 in UTC.
  package var fields: [String?] {
    switch self {
    case .message(let output):
      [
        output.chat.text, output.id, output.from, output.at.iso8601, output.text, output.status,
        output.replyTo,
        output.attachments.map(\.name).joined(separator: "; "), output.edited ? "yes" : "no",
      ]
    case .order(let output):
      [
        output.clientOrderId, output.orderId, output.status, output.from, output.to, output.amount,
        output.filledOut, output.txHash, output.updatedAt?.iso8601, output.at.iso8601,
        output.expectedOut,
        output.minimumOut, output.reason,
      ]
    case .call(let output):
      [
        output.event, output.conversationId, output.callerId, output.caller, output.kind,
        output.at.iso8601,
        output.callee, output.durationMs.map { String($0) },
      ]
    }
  }

  package var json: String {
    switch self {
    case .message(let output): jsonText(of: output)
    case .order(let output): jsonText(of: output)
    case .call(let output): jsonText(of: output)
    }
  }
}
