/// How much of its machine a server gives to those who connect, whoever they are.
public struct HTTPServerBounds: Sendable, Equatable {
  /// Connections at once, fewer where the system allows fewer files. When there are as many, the
  /// address that has most of them makes room for others.
  public var connections = 4096
  /// Of one address at once; of IPv6 a block of 2⁶⁴ counts as one. More are closed at once.
  public var connectionsPerAddress = 4096
  /// From a connection's beginning to the end of its first request's head, however busily it sends.
  public var headTimeout: Duration = .seconds(20)
  /// From an answer to the end of the next request's head.
  public var idleTimeout: Duration = .seconds(60)
  /// For a body, or for taking an answer, besides what its bytes need at `slowestRate`.
  public var bodyTimeout: Duration = .seconds(30)
  /// In bytes a second; what is slower is cut off. A poor mobile line does two or three times as much.
  public var slowestRate = 8 << 10
  /// Bytes of bodies and answers that are in memory at once; beyond it requests get 503.
  public var bufferedBytes = 256 << 20
  /// Of those, the share of one address.
  public var bufferedBytesPerAddress = 256 << 20

  /// For a server that is not open to strangers: one address may take everything.
  public init() {}
}
