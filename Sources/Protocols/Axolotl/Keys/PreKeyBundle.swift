/// What the server gives to somebody who wants to write to a device for the first time.
public struct PreKeyBundle: Sendable, Equatable {
  /// The device's registration id; 0 if it is not known.
  public let registrationID: UInt32
  public let preKeyID: UInt32
  public let preKey: PublicKey
  /// To be compared with the known identity of the contact before a session is made with it.
  public let identityKey: PublicKey

  public init(
    registrationID: UInt32, preKeyID: UInt32, preKey: PublicKey, identityKey: PublicKey
  ) {
    self.registrationID = registrationID
    self.preKeyID = preKeyID
    self.preKey = preKey
    self.identityKey = identityKey
  }
}
