/// Which session a first message starts: its base key, and the identity that it is of.
public struct BaseKey: Sendable, Hashable {
  public let identity: PublicKey
  public let key: PublicKey

  public init(identity: PublicKey, key: PublicKey) {
    self.identity = identity
    self.key = key
  }
}
