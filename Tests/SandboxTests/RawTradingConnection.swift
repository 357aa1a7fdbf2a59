import Cryptography
import Sandbox
import TestSupport
import Transport

/// A trading connection of the tests: signs by its own few lines.
struct RawTradingConnection {
  let line: RawConnection
  private let fixture: SandboxFixture

  /// Connects; with `authenticated` it signs in as well.
  init(_ fixture: SandboxFixture, authenticated: Bool = true) async throws {
    self.fixture = fixture
    line = try await RawConnection(fixture.sandbox.endpoints.tradingURL, network: fixture.network)
    if authenticated {
      _ = try await ask(authentication())
    }
  }

  /// Sends `text` and returns the next message.
  func ask(_ text: String) async throws -> JSON {
    try await line.send(text)
    return try await line.json()
  }

  /// Signs `data` for `operation` and returns the answer.
  func perform(_ operation: String, _ data: String) async throws -> JSON {
    try await ask(frame(operation, data))
  }

  func authentication(
    key: String? = nil, timestamp: Int64? = nil, nonce: String = SystemRandom().hexadecimal(16),
    signature: String? = nil
  ) -> String {
    let time = timestamp ?? fixture.time.wallTime
    let sig = signature ?? sign("stream", "", time, nonce)
    return #"{"op":"auth","key":"\#(key ?? fixture.sandbox.endpoints.tradingKey)","ts":\#(time),"#
      + #""nonce":"\#(nonce)","sig":"\#(sig)"}"#
  }

  func frame(
    _ operation: String, _ data: String, signed text: String? = nil, timestamp: Int64? = nil,
    nonce: String = SystemRandom().hexadecimal(16)
  ) -> String {
    let time = timestamp ?? fixture.time.wallTime
    let signature = sign(operation, text ?? data, time, nonce)
    return #"{"op":"\#(operation)","ts":\#(time),"nonce":"\#(nonce)","sig":"\#(signature)","#
      + #""data":\#(data)}"#
  }

  func sign(_ path: String, _ body: String, _ timestamp: Int64, _ nonce: String) -> String {
    let hash = Hexadecimal.encode(Digest.sha256.hash(body.utf8))
    let canonical = "WS\n/ws/v1/\(path)\n\(timestamp)\n\(nonce)\n\(hash)"
    let key = fixture.sandbox.endpoints.tradingSecret.revealed.utf8
    return Hexadecimal.encode(Digest.sha256.authenticate(canonical.utf8, key: key))
  }
}
