/// How far an identity key is trusted.
package enum IdentityState: String, Codable, Sendable {
  /// It is the owner's.
  case own
  /// It was the first one seen, or was accepted.
  case trusted
  /// The owner has compared its fingerprint.
  case verified
  /// Another one was seen since, which waits for a decision.
  case changed
}
