import FoundationEssentials

/// Several measurements of one thing.
struct Sample: Codable, Sendable {
  let median: Double
  let min: Double
  let max: Double
  let runs: Int

  init?(_ values: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    (median, min, max, runs) = (sorted.percentile(50), first, last, sorted.count)
  }

  init(_ value: Double) { (median, min, max, runs) = (value, value, value, 1) }

  /// `12.3 (11.9–14.0)`.
  var text: String {
    let middle = Sample.digits(median)
    return runs == 1 ? middle : "\(middle) (\(Sample.digits(min))–\(Sample.digits(max)))"
  }

  /// Three digits that count, as many as a reader can use.
  static func digits(_ value: Double) -> String {
    switch abs(value) {
    case 0: return "0"
    case 100...: return "\(Int(value.rounded()))"
    case 10...: return decimal(value, 1)
    case 1...: return decimal(value, 2)
    default: return decimal(value, 3)
    }
  }

  private static func decimal(_ value: Double, _ places: Int) -> String {
    let unit = [1.0, 10, 100, 1000][places]
    let scaled = Int((abs(value) * unit).rounded())
    let rest = String(scaled % Int(unit))
    let padding = String(repeating: "0", count: places - rest.count)
    return "\(value < 0 ? "-" : "")\(scaled / Int(unit)).\(padding)\(rest)"
  }
}

extension [Double] {
  /// Of values in order, the one that so many hundredths are not above.
  func percentile(_ hundredths: Int) -> Double {
    guard !isEmpty else { return .nan }
    return self[Swift.min(count - 1, count * hundredths / 100)]
  }
}

/// One line of the table: a figure of Tercet's, beside those of others in the same run.
struct Row: Codable, Sendable {
  struct Peer: Codable, Sendable {
    let name: String
    let sample: Sample
    /// Tercet's median divided by this one.
    let ratio: Double?
  }

  let figure: String
  let tercet: Sample?
  let peers: [Peer]

  init(_ figure: String, _ tercet: Sample?, beside peers: [(name: String, sample: Sample?)] = []) {
    self.figure = figure
    self.tercet = tercet
    self.peers = peers.compactMap { name, sample in
      sample.map { peer in
        let ratio = tercet.map { $0.median / peer.median }
        return Peer(name: name, sample: peer, ratio: ratio.flatMap { $0.isFinite ? $0 : nil })
      }
    }
  }
}

/// Prints rows as they come, or all of them at the end: as JSON, or as the README has them.
@MainActor final class Report {
  enum Form { case table, json, markdown }

  private let form: Form
  private var rows: [Row] = []
  private var notes: [String] = []

  init(_ form: Form) { self.form = form }

  /// The head of the table.
  func begin() {
    guard form == .table else { return }
    line("", "Tercet", "beside", "", "ratio")
  }

  func add(_ new: [Row]) {
    rows += new
    guard form == .table else { return }
    for row in new {
      let first = row.peers.first
      line(
        row.figure, row.tercet?.text ?? "-", first?.name ?? "-", first?.sample.text ?? "",
        first?.ratio.map(Sample.digits) ?? "")
      for peer in row.peers.dropFirst() {
        line("", "", peer.name, peer.sample.text, peer.ratio.map(Sample.digits) ?? "")
      }
    }
  }

  /// Something a reader has to know beside the numbers.
  func note(_ text: String) {
    notes.append(text)
    if form == .table { print(text) }
  }

  func finish() throws {
    switch form {
    case .table: break
    case .json: try printJSON()
    case .markdown: printMarkdown()
    }
  }

  private func printMarkdown() {
    print("\(Machine.line)\n\n| figure | Tercet | beside | ratio |\n|---|---|---|---|")
    for row in rows {
      let peers = row.peers.map { "\($0.name) \(Sample.digits($0.sample.median))" }
      let ratios = row.peers.map { $0.ratio.map(Sample.digits) ?? "–" }
      let cells = [
        row.figure, row.tercet?.text ?? "–", peers.joined(separator: ", "),
        ratios.joined(separator: ", "),
      ]
      print("| \(cells.joined(separator: " | ")) |")
    }
    for note in notes { print("\n\(note)") }
  }

  private func printJSON() throws {
    struct Document: Encodable {
      let machine: String
      let rows: [Row]
      let notes: [String]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(machine: Machine.line, rows: rows, notes: notes)
    print(String(decoding: try encoder.encode(document), as: UTF8.self))
  }

  private func line(_ columns: String...) {
    let widths = [43, 22, 12, 20, 0]
    var text = ""
    for (column, width) in zip(columns, widths) {
      text += column + String(repeating: " ", count: max(1, width - column.count))
    }
    print(String(text.reversed().drop { $0 == " " }.reversed()))
  }
}
