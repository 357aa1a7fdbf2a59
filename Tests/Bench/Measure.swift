import Clocks
import Transport

/// How often something is done in a second.
func rate(_ count: Int, _ work: () async throws -> Void) async throws -> Double {
  let clock = SystemTime()
  let start = clock.uptime
  try await work()
  return Double(count) / ((clock.uptime - start) / .seconds(1))
}

/// One line of the table.
struct Row {
  let name: String
  let ours: Double
  /// nil where the peer has nothing to compare.
  let peer: Double?

  static func heading(peer: String) -> String { Row.columns("", "Tercet/s", peer, "ratio") }

  var text: String {
    Row.columns(
      name, Row.whole(ours), peer.map(Row.whole) ?? "-", peer.map { Row.tenths(ours / $0) } ?? "-")
  }

  private static func columns(_ name: String, _ rest: String...) -> String {
    name + String(repeating: " ", count: max(0, 44 - name.count))
      + rest.map { String(repeating: " ", count: max(0, 14 - $0.count)) + $0 }.joined()
  }

  private static func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }

  private static func tenths(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
