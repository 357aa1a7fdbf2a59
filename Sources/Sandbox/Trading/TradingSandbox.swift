import Clocks
import Cryptography
import Transport

/// The trading server alone on loopback, for trying one client or hundreds of them at once.
public final class TradingSandbox: Sendable {
  /// `ws://127.0.0.1:PORT/ws/v1/stream`.
  public let url: String
  /// The one API key.
  public let key: String
  /// Signs for `key`; not a real secret.
  public let secret: Secret
  /// What happens. One reader; the newest 4096 events wait for it.
  public var events: AsyncStream<SandboxEvent> { log.stream }

  private let log = EventLog()
  private let server: TradingServer
  private let listener: HTTPServer

  /// Starts the server on a free port, whatever the options say of ports and TLS.
  public init(
    _ options: SandboxOptions, network: Network, time: any TimeSource
  ) async throws(TransportError) {
    (key, secret) = TradingServer.credentials(seed: options.seed)
    server = TradingServer(options: options, key: key, secret: secret, events: log, time: time)
    let server = server
    listener = try HTTPServer(TradingServer.listening, network: network) { await server.answer($0) }
    url = "ws://127.0.0.1:\(listener.port)\(TradingServer.path)"
    await server.start()
  }

  /// Closes every connection (1001) and ends `events`.
  public func stop() async {
    await server.stop()
    await listener.stop()
    log.finish()
  }
}

extension TradingServer {
  /// The one API key of a run and the secret that signs for it.
  static func credentials(seed: UInt64) -> (key: String, secret: Secret) {
    let keys = RandomStream.keys.source(seed: seed)
    return (
      "sandbox-key-" + keys.hexadecimal(8), Secret("sandbox-secret-" + keys.hexadecimal(16))
    )
  }

  /// What is too large is refused by the server itself, which tells why, unless it is beyond measure.
  static var listening: HTTPServer.Configuration {
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.messageBytes = 8 << 20
    return configuration
  }
}
