import Phrases

/// What is wrong with an encrypted message, as it is stored: without the words.
///
/// The cases and the names of their parameters are what stands in the store: another name needs a
/// migration. A `part` is the protocol's own word for what does not have its form.
package enum MessageFlaw: Sendable, Hashable, Codable {
  /// It does not have the form that the relay's protocol gives it.
  case malformed(part: String)
  /// Its authentication code is wrong.
  case notAuthentic
  /// It has more bytes than these.
  case tooLarge(limit: Int64)
  /// Something else.
  case unknown

  // What the session says of it.

  /// The message or a key in it does not have its form.
  case damaged(part: String)
  /// The stored session cannot be read.
  case damagedSession(part: String)
  /// It is of another version of the protocol.
  case otherVersion(version: Int64)
  /// No secret can be agreed with the key.
  case unusableKey
  /// There is more text than a message takes.
  case tooLong(bytes: Int64, limit: Int64)
  /// There is no session.
  case noSession
  /// It is for a prekey that was used, or replaced, or never ours.
  case unknownPreKey(id: Int64)
  /// It was read before.
  case duplicate
  /// Too many messages before this one are missing.
  case tooFarAhead(count: Int64)
  /// It fits no session.
  case foreign
}

extension MessageFlaw {
  /// What happened, without a full stop, in the language in use: the one place where it is said.
  package var sentence: String {
    switch self {
    case .malformed(let part): Phrase.flawMalformed.with(part)
    case .notAuthentic: Phrase.flawNotAuthentic.text
    case .tooLarge(let limit): Phrase.flawTooLarge.with(String(limit))
    case .unknown: Phrase.flawUnknown.text
    case .damaged(let part): Phrase.flawDamaged.with(part)
    case .damagedSession(let part): Phrase.flawDamagedSession.with(part)
    case .otherVersion(let version): Phrase.flawOtherVersion.with(String(version))
    case .unusableKey: Phrase.flawUnusableKey.text
    case .tooLong(let bytes, let limit): Phrase.flawTooLong.with(String(bytes), String(limit))
    case .noSession: Phrase.flawNoSession.text
    case .unknownPreKey(let id): Phrase.flawUnknownPreKey.with(String(id))
    case .duplicate: Phrase.flawDuplicate.text
    case .tooFarAhead(let count): Phrase.flawTooFarAhead.with(String(count))
    case .foreign: Phrase.flawForeign.text
    }
  }

  /// What to do about it.
  package var hint: Phrase {
    switch self {
    case .malformed: .checkRelayHint
    case .notAuthentic: .flawNotAuthenticHint
    case .tooLarge: .flawTooLargeHint
    // The session's sentences end with what to do.
    default: .tryAgain
    }
  }

  /// The flaw with its text cut to 1 KiB: parts of it may be a sender's.
  package var bounded: MessageFlaw {
    func cut(_ text: String) -> String { text.bounded(toBytes: 1 << 10) }
    return switch self {
    case .malformed(let part): .malformed(part: cut(part))
    case .damaged(let part): .damaged(part: cut(part))
    case .damagedSession(let part): .damagedSession(part: cut(part))
    default: self
    }
  }
}
