import Cryptography
import Domain
import Storage

// The lines that commands print with `--json`: keys and meanings are a contract with scripts.
// Times are milliseconds since 1970 (UTC); amounts are exact decimal text; text of other people is
// as the server sent it, since JSON escapes what could harm a terminal.

/// One account of `tercet status`.
package struct StatusOutput: Codable, Sendable, Equatable {
  /// Whose connection it is.
  package var service: Service
  /// `online`, `connecting`, `waiting`, `stopped`, `signed-out`.
  package var state: String
  /// The account's name or number; null when signed out.
  @OrNull package var account: String?
  /// Round trip in milliseconds; null until one was measured.
  @OrNull package var rttMs: Int64?
  /// Server clock minus ours, in milliseconds; null for a service that does not tell its time.
  @OrNull package var skewMs: Int64?
  /// Messages that no device of ours has read, over all chats.
  package var unread: Int
  /// Messages that wait to be sent.
  package var outbox: Int
  /// `binary` where MAX is spoken to in that form; left out for the usual one.
  package var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; left out elsewhere, and while nobody
  /// is signed in there.
  package var dialect: String?
  /// Why it is not online; left out where it is, and while nothing has failed.
  package var reason: String?
}

/// The answer of `tercet login` and `tercet logout`.
package struct LoginOutput: Codable, Sendable, Equatable {
  /// Who was signed in to, or out of.
  package var service: Service
  /// As in `StatusOutput`.
  package var state: String
  /// The account's name or number; null when signed out.
  @OrNull package var account: String?
  /// While a phone is waited for: what the QR code says.
  package var link: String?
  /// Until when that is good.
  package var expiresAt: Int64?
  /// Trading: `doc` or `sdk`, as the server is spoken to; left out elsewhere.
  package var dialect: String?
  /// MAX: `binary` where that form is spoken; left out for the usual one.
  package var codec: String?
  /// Trading: `sorted` or `documented`, the order of keys in what is signed; left out elsewhere.
  package var keyOrder: String?

  /// An account and the state its connection came to.
  package init(
    service: Service, state: String, account: String? = nil, link: String? = nil,
    expiresAt: Int64? = nil, dialect: String? = nil, keyOrder: String? = nil
  ) {
    self.service = service
    self.state = state
    self.account = account
    self.dialect = dialect
    self.keyOrder = keyOrder
    self.link = link
    self.expiresAt = expiresAt
  }
}

/// The answer of `tercet orders verify`.
package struct JournalOutput: Codable, Sendable, Equatable {
  /// How many rows were looked at, from the first one on.
  package var rows: Int
  /// Whether each follows from the one before it, and none is missing at the end.
  package var whole: Bool
  /// The first row that does not follow from the ones before it; null when the journal is whole.
  @OrNull package var brokenAt: Int64?
  /// What is wrong with that row.
  @OrNull package var reason: String?
}

/// The answer of `tercet halt` and `tercet resume`.
package struct HaltOutput: Codable, Sendable, Equatable {
  /// Whether the kill switch is on now.
  package var halted: Bool
}

/// One check of `tercet doctor`.
package struct FindingOutput: Codable, Sendable, Equatable {
  /// What was looked at: `database`.
  package var check: String
  /// Whether it is as it should be.
  package var ok: Bool
  /// What was found, in words.
  package var detail: String

  /// What a check has found.
  package init(check: String, ok: Bool, detail: String) {
    self.check = check
    self.ok = ok
    self.detail = detail
  }
}

/// Where a service is looked for.
package struct ServerOutput: Codable, Sendable, Equatable {
  /// Whose address it is.
  package var service: Service
  /// `wss://…`, or `ws://` for loopback; a relay's is `https://…` or `http://`.
  package var url: String
  /// `json` or `binary`, the form in which MAX is spoken to; left out for other services.
  package var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; left out for other services.
  package var dialect: String?
}
