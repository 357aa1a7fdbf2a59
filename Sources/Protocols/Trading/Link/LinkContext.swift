import Cryptography
import Synchronization
import Transport

/// What the connections of one account share: how to dial, how to sign, and what time it is.
final class LinkContext: Sendable {
  let configuration: TradingConfiguration
  let network: Network
  let time: any TimeSource
  let random: any RandomSource
  let clock: ServerClock
  private let composer: FrameComposer
  private let order: Mutex<KeyOrder>

  init(
    configuration: TradingConfiguration, credentials: TradingCredentials, network: Network,
    time: any TimeSource, random: any RandomSource
  ) {
    self.configuration = configuration
    self.network = network
    self.time = time
    self.random = random
    clock = ServerClock(time: time)
    composer = FrameComposer(credentials: credentials, dialect: configuration.dialect)
    order = Mutex(configuration.keyOrder)
  }

  var keyOrder: KeyOrder { order.withLock { $0 } }

  /// Uses this order of keys from now on.
  func adopt(_ keyOrder: KeyOrder) { order.withLock { $0 = keyOrder } }

  /// A message signed as of this moment, with a nonce of 128 random bits that is used once.
  func sign(
    _ operation: Operation, keyOrder: KeyOrder? = nil
  ) throws(TradingError) -> (frame: String, offset: Int64) {
    let stamp = clock.stamp()
    let frame = try composer.frame(
      for: operation, keyOrder: keyOrder ?? self.keyOrder, timestamp: stamp.timestamp,
      nonce: random.hexadecimal(16))
    return (frame, stamp.offset)
  }

  var webSocketRequest: WebSocketRequest {
    var request = WebSocketRequest(url: configuration.url)
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    // A given-up connection must not hold up the next one.
    request.limits.closeTimeout = .seconds(1)
    return request
  }
}
