import Cryptography

/// Where a running sandbox listens and how one signs in to it. Nothing here is a real secret.
public struct SandboxEndpoints: Sendable, Equatable {
  /// `ws://127.0.0.1:PORT/websocket`, or `wss://`.
  public let maxURL: String
  /// The same server in the binary notation, version 10.
  public let maxBinaryURL: String
  /// `ws://127.0.0.1:PORT/ws/v1/stream`, or `wss://`.
  public let tradingURL: String
  /// `http://127.0.0.1:PORT`, or `https://`: the TextSecure relay.
  public let textsecureURL: String
  /// Who can be written to there; both are in its directory.
  public let textsecureContacts: [SandboxContact]
  /// PEM file to trust when TLS is on.
  public let certificateAuthorityFile: String?
  /// The one API key of the trading server, and the secret that signs for it.
  public let tradingKey: String
  /// Signs for `tradingKey`.
  public let tradingSecret: Secret
  /// Numbers with an account of their own. Any other `+7XXXXXXXXXX` gets a guest's account.
  public let numbers: Numbers

  /// The scenario's telephone numbers in the form that opcode 17 takes.
  public struct Numbers: Sendable, Equatable {
    /// The populated account, Ира.
    public let main = "+79990001122"
    /// Павел, who can be signed in beside her: what one writes, the other receives.
    public let second = "+79991234567"
    /// Мария, who has a second factor: `password` after the code.
    public let withPassword = "+79990003344"
    /// What the account with a second factor asks for.
    public let password = "correct horse"

    /// They are the same in every scenario.
    public init() {}
  }
}
