import Domain
import Storage

/// An account whose messages are encrypted to keys that people can compare.
package protocol Identities: Messaging {
  /// The owner's own identity.
  nonisolated var ownIdentity: IdentityOutput { get }

  /// The identities of everybody who was written with.
  func identities() async throws(UserError) -> [IdentityOutput]

  /// The identity of a number, the owner's own among them; throws `no-identity` for one without.
  func identity(of number: String) async throws(UserError) -> IdentityOutput

  /// Notes that a person has compared the fingerprint of a number; throws `identity-changed` while a
  /// new key is undecided.
  func verifyIdentity(of number: String) async throws(UserError)

  /// Takes the new identity key of a number into use: what was held back goes on.
  func acceptIdentity(of number: String) async throws(UserError)

  /// Ends the sessions with a dialog's partner, who is told; the next message starts another.
  func endSession(_ chat: ChatID) async throws(UserError)

  /// Decrypts a push notification's payload that was brought here by hand.
  ///
  /// - Returns: the messages that it brought; throws `read-already` for what came before.
  func open(push payload: String) async throws(UserError) -> [MessageRecord]

  /// How many one-time keys of ours the server still has for others.
  func remainingKeys() async throws(UserError) -> Int
}
