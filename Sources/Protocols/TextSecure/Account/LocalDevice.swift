import Axolotl
import Cryptography

/// What a device draws when it is installed and keeps from then on.
public struct LocalDevice: Sendable {
  public let credentials: Credentials
  public let signalingKey: SignalingKey
  /// 1...16380.
  public let registrationID: UInt32
  public let identity: KeyPair

  public init(
    credentials: Credentials, signalingKey: SignalingKey, registrationID: UInt32, identity: KeyPair
  ) {
    self.credentials = credentials
    self.signalingKey = signalingKey
    self.registrationID = registrationID
    self.identity = identity
  }

  /// A new installation for a number. Throws ``TextSecureError/badNumber(_:)``.
  public init(number: String, random: some RandomSource) throws(TextSecureError) {
    self.init(
      credentials: try Credentials(number: number, random: random),
      signalingKey: SignalingKey(random: random),
      registrationID: RegistrationID.draw(random: random), identity: KeyPair(random: random))
  }
}
