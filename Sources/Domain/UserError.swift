/// Why something a person or a script asked for did not happen.
///
/// It travels over the control socket and is printed by the command line as it stands.
public struct UserError: Error, Sendable, Codable, Equatable {
  /// What it means for whoever asked; each kind has an exit code in the command-line contract.
  package enum Kind: String, Sendable, Codable {
    /// Nothing more precise is to be said.
    case failed
    /// What was asked for cannot be understood.
    case usage
    /// Not signed in, or the server refused the credentials.
    case credentials
    /// Refused by the server or by a local safety rule.
    case refused
    /// A swap was sent and no answer came.
    case outcomeUnknown
    /// The server, or the process that holds the accounts, cannot be reached.
    case noConnection
  }

  /// What it means for whoever asked.
  package var kind: Kind
  /// A short machine-readable word: `not-signed-in`, `invalid-amount`.
  package var code: String
  /// What happened: a sentence, with or without its full stop.
  package var message: String
  /// What to do, likewise.
  package var hint: String
  /// For how long it is no use to try again, in milliseconds; nil where nobody asked for a pause.
  package var retryAfterMs: Int64?

  /// Whether what was asked for was done all the same, and this is only to be known besides: it is
  /// printed, and the program ends as one that has done its work.
  package var isRemark: Bool?

  /// A failure whose sentences lose their full stops, if they have any.
  package init(_ kind: Kind, code: String, _ message: String, hint: String) {
    self.kind = kind
    self.code = code
    self.message = message.withoutFullStop.cut
    self.hint = hint.withoutFullStop.cut
  }

  /// What happened and what to do, as two sentences.
  package var sentences: String { "\(message). \(hint)." }
}

extension String {
  /// The layers below end their sentences or do not; whoever shows them decides.
  package var withoutFullStop: String { last == "." ? String(dropLast()) : self }

  /// A sentence after a colon: with a small letter at the beginning, unless it begins with a name.
  package var asClause: String {
    let second = dropFirst().first
    guard let second, second.isLowercase || second.isWhitespace else { return self }
    return prefix(1).lowercased() + dropFirst()
  }

  /// At most as much as fits on a few lines: a server's words may be as long as a message may be.
  fileprivate var cut: String {
    let limit = 500
    let scalars = unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return self }
    return String(self[..<end]) + "…"
  }

  /// With a capital letter at the beginning.
  package var asSentence: String { prefix(1).uppercased() + dropFirst() }
}
