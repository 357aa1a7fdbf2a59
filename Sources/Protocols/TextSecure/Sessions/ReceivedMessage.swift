import Axolotl

/// A message as it came out of its envelope, to be stored.
public struct ReceivedMessage: Sendable, Equatable {
  /// What became of it.
  public enum Outcome: Sendable, Equatable {
    case content(PushContent)
    /// Not encrypted: anybody at the relay may have written it. Its group and flags do not count.
    case unencrypted(PushContent)
    /// The other side has ended the session; the next message starts another.
    case sessionEnded
    /// From a new identity key: kept as it came, to be read after a person has accepted the key.
    case untrusted(PublicKey, signal: [UInt8])
    /// Could not be decrypted or read.
    case unreadable(TextSecureError)
  }

  public let source: DeviceAddress
  /// The federated relay to which an answer goes; nil for our own.
  public let relay: String?
  /// Milliseconds since 1970, by the relay's clock.
  public let timestamp: UInt64
  public let outcome: Outcome

  init(_ signal: IncomingSignal, _ outcome: Outcome) {
    source = signal.source
    relay = signal.relay
    timestamp = signal.timestamp
    self.outcome = outcome
  }
}
