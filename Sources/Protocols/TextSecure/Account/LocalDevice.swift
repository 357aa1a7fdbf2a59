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

/// With what a device proves itself to its relay.
public struct Credentials: Sendable, Equatable {
  public let address: DeviceAddress
  public let password: Secret

  /// - Parameter password: Any text without a colon: the relay cuts it there.
  public init(address: DeviceAddress, password: Secret) {
    self.address = address
    self.password = password
  }

  /// New ones for a number: a password of 16 random bytes in hexadecimal (seed 002, `basic_auth`).
  public init(number: String, random: some RandomSource) throws(TextSecureError) {
    try DeviceAddress.check(number)
    self.init(
      address: DeviceAddress(number: number), password: Secret(random.hexadecimal(16)))
  }

  /// The value of the header `Authorization`. Padded: the original server drops an incomplete last
  /// group (TextSecure protocol notes §4).
  public var authorization: Secret {
    Secret("Basic " + Base64.encode("\(address):\(password.revealed)".utf8))
  }
}

extension PublicKey {
  /// What a QR code of an identity key holds: base64 of its 33 bytes, 44 characters
  /// (TextSecure protocol notes §7). `fingerprint` is what is read aloud.
  public var shareText: String { Base64.encode(serialized) }

  /// Reads what ``shareText`` gave, with or without padding; nil if it is no key.
  public init?(shareText: String) {
    guard let bytes = Base64.decode(shareText) else { return nil }
    do { try self.init(bytes) } catch { return nil }
  }
}
