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
    preconditionFailure("a line cannot be written as JSON: \(error)")
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
    case .message(let line):
      [
        line.chat.text, line.id, line.from, line.at.iso8601, line.text, line.status, line.replyTo,
        line.attachments.map(\.name).joined(separator: "; "), line.edited ? "yes" : "no",
      ]
    case .order(let line):
      [
        line.clientOrderId, line.orderId, line.status, line.from, line.to, line.amount,
        line.filledOut, line.txHash, line.updatedAt?.iso8601, line.at.iso8601, line.expectedOut,
        line.minimumOut, line.reason,
      ]
    case .call(let line):
      [
        line.event, line.conversationId, line.callerId, line.caller, line.kind, line.at.iso8601,
        line.callee, line.durationMs.map { String($0) },
      ]
    }
  }

  package var json: String {
    switch self {
    case .message(let line): jsonText(of: line)
    case .order(let line): jsonText(of: line)
    case .call(let line): jsonText(of: line)
    }
  }
}
