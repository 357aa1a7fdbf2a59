import Cryptography
import Database

/// What is to be written into the journal of orders.
package struct JournalEntry: Sendable, Equatable {
  /// What sort of event a line tells of.
  package enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
    /// About to be sent: written before the first byte leaves.
    case intent
    case sent, reply, push
    /// A person's or a safety rule's choice.
    case decision
    case error
  }

  /// Wall-clock milliseconds since 1970.
  package var at: Int64
  /// The order it belongs to; nil for what concerns them all, such as a halt.
  package var clientOrderId: String?
  /// What sort of event it is.
  package var kind: Kind
  /// What happened, without any secret: a signature, key or token must not get here.
  package var body: String

  /// A line to be written.
  package init(at: Int64, clientOrderId: String? = nil, kind: Kind, body: String) {
    self.at = at
    self.clientOrderId = clientOrderId
    self.kind = kind
    self.body = body
  }
}

/// One line of the journal, chained to the line before it.
package struct JournalRecord: Sendable, Equatable {
  /// 1 for the first line, then without a gap.
  package let sequence: Int
  /// What was written.
  package let entry: JournalEntry
  /// The hash of the line before, 64 hexadecimal digits; zeros for the first.
  package let previousHash: String
  /// SHA-256 over the previous hash and this line, 64 hexadecimal digits.
  package let hash: String
}

/// Whether the journal is what was written.
package enum JournalVerdict: Sendable, Equatable {
  case whole(count: Int)
  /// The first line that is wrong, and why.
  case broken(atSequence: Int, reason: String)
}
