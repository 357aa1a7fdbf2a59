/// What came out of a message.
public struct DecryptedMessage: Sendable, Equatable {
  public let plaintext: [UInt8]
  /// The identity that the session was made with. A late message of an older session may have another
  /// than the contact has now.
  public let senderIdentity: PublicKey
  /// The prekey that the message has used up, to be deleted in the transaction that stores the
  /// session; nil if there is none. The last-resort key is never used up.
  public let spentPreKeyID: UInt32?

  init(plaintext: [UInt8], senderIdentity: PublicKey, spentPreKeyID: UInt32? = nil) {
    self.plaintext = plaintext
    self.senderIdentity = senderIdentity
    self.spentPreKeyID = spentPreKeyID
  }
}
