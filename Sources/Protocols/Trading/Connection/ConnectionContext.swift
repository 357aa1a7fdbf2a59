import Clocks
import Cryptography
import JSON
import Synchronization
import Transport

/// What the connections of one account share: how to dial, how to sign, and what time it is.
final class ConnectionContext: Sendable {
  let configuration: TradingConfiguration
  let network: Network
  let time: any TimeSource
  let random: any RandomSource
  let clock: ServerClock
  private let composer: FrameComposer
  private let working: Mutex<Bool>
  /// How the server is spoken to.
  let knowledge: DialectKnowledge

  init(
    configuration: TradingConfiguration, credentials: TradingCredentials, network: Network,
    time: any TimeSource, random: any RandomSource, bearing refusals: Int? = nil
  ) {
    self.configuration = configuration
    self.network = network
    self.time = time
    self.random = random
    clock = ServerClock(time: time)
    working = Mutex(configuration.hasWorked)
    composer = FrameComposer(credentials: credentials, dialect: configuration.dialect)
    knowledge = DialectKnowledge(
      SpokenDialect(dialect: configuration.dialect, keyOrder: configuration.keyOrder),
      bearing: refusals)
  }

  /// A message signed as of this moment, with a nonce of 128 random bits that is used once.
  func sign(
    _ operation: Operation, as spoken: SpokenDialect? = nil
  ) throws(TradingError) -> (frame: String, offset: Int64) {
    let stamp = clock.stamp()
    let spoken = spoken ?? knowledge.spoken
    let frame = try composer.speaking(spoken.dialect).frame(
      for: operation, keyOrder: spoken.keyOrder, timestamp: stamp.timestamp,
      nonce: configuration.dialect.nonce(random.hexadecimal(16), timestamp: stamp.timestamp))
    return (frame, stamp.offset)
  }

  /// Whether a login with this key has ever worked.
  var hasWorked: Bool { working.withLock { $0 } }

  /// A login has worked.
  func noteLogin() { working.withLock { $0 = true } }

  /// What writes down a connection for `purpose`, if anything does.
  func recorder(for purpose: TradingConnection.Purpose) -> FrameRecorder? {
    configuration.recorder.map {
      FrameRecorder(
        purpose: purpose.rawValue, recorder: $0, time: time, hidden: composer.credentials)
    }
  }

  /// Asks the server's REST interface for the time, which the vendor serves to anybody. True if that
  /// explains why `offset` was refused.
  func measureTime(refused offset: Int64) async -> Bool {
    guard clock.mayBeMeasured(), let url = timeURL else { return false }
    var request = HTTPRequest(url: url)
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    request.responseBytes = 64 << 10
    request.timeout = .seconds(5)
    let began = time.uptime
    // Without an answer there is nothing to go by, whatever the reason.
    guard let response = try? await network.send(request), response.isSuccess else { return false }
    let told = TreeValue(message: response.body)?.moment("serverTime")
    guard let server = told ?? response.headers.date else { return false }
    return clock.measured(server, from: began, to: time.uptime, refused: offset)
  }

  private var timeURL: String? {
    let parts = configuration.url.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 3, parts[0] == "ws:" || parts[0] == "wss:" else { return nil }
    return "http\(parts[0].dropFirst(2))//\(parts[2])/api/v1/time"
  }

  func webSocketRequest(for purpose: TradingConnection.Purpose) -> WebSocketRequest {
    let mark = configuration.marksPurposes ? "?lane=\(purpose.rawValue)" : ""
    var request = WebSocketRequest(url: configuration.url + mark)
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    // A given-up connection must not hold up the next one.
    request.limits.closeTimeout = .seconds(1)
    return request
  }
}
