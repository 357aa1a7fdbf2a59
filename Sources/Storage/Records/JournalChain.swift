import Cryptography

/// How the lines of the journal hang together.
enum JournalChain {
  /// What the first line follows.
  static let origin = String(repeating: "0", count: 64)

  /// The hash of a line: SHA-256, in hexadecimal, over the previous hash and every field.
  ///
  /// Each field goes in as its length in bytes, `:`, its UTF-8 text and `,`, and an absent one as
  /// `-`, so that no two different lines have the same bytes.
  static func hash(sequence: Int, entry: JournalEntry, previous: String) -> String {
    let fields: [String?] = [
      previous, "\(sequence)", "\(entry.at)", entry.clientOrderId, entry.kind.rawValue, entry.body,
    ]
    let canonical = fields.map { field in field.map { "\($0.utf8.count):\($0)," } ?? "-" }
    return Hexadecimal.encode(Digest.sha256.hash(canonical.joined().utf8))
  }

  /// Why `line` cannot follow a line with that number and hash; nil if it does.
  static func flaw(in line: JournalRecord, after sequence: Int, _ previous: String) -> String? {
    if line.sequence != sequence + 1 {
      return "it follows line \(sequence), lines are missing"
    }
    if line.previousHash != previous {
      return "it does not follow the line before it"
    }
    let expected = hash(sequence: line.sequence, entry: line.entry, previous: previous)
    return line.hash == expected ? nil : "its text does not match its hash"
  }
}
