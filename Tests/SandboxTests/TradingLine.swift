import Cryptography
import Sandbox
import TestSupport
import Transport

/// A trading connection of the tests: signs by its own few lines.
struct TradingLine {
  let line: Line
  private let bench: Bench

  /// Connects; with `authenticated` it signs in as well.
  init(_ bench: Bench, authenticated: Bool = true) async throws {
    self.bench = bench
    line = try await Line(bench.sandbox.endpoints.tradingURL, network: bench.network)
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
    let time = timestamp ?? bench.time.wallTime
    let sig = signature ?? sign("stream", "", time, nonce)
    return #"{"op":"auth","key":"\#(key ?? bench.sandbox.endpoints.tradingKey)","ts":\#(time),"#
      + #""nonce":"\#(nonce)","sig":"\#(sig)"}"#
  }

  func frame(
    _ operation: String, _ data: String, signed text: String? = nil, timestamp: Int64? = nil,
    nonce: String = SystemRandom().hexadecimal(16)
  ) -> String {
    let time = timestamp ?? bench.time.wallTime
    let signature = sign(operation, text ?? data, time, nonce)
    return #"{"op":"\#(operation)","ts":\#(time),"nonce":"\#(nonce)","sig":"\#(signature)","#
      + #""data":\#(data)}"#
  }

  func sign(_ path: String, _ body: String, _ timestamp: Int64, _ nonce: String) -> String {
    let hash = Hexadecimal.encode(Digest.sha256.hash(body.utf8))
    let canonical = "WS\n/ws/v1/\(path)\n\(timestamp)\n\(nonce)\n\(hash)"
    let key = bench.sandbox.endpoints.tradingSecret.revealed.utf8
    return Hexadecimal.encode(Digest.sha256.authenticate(canonical.utf8, key: key))
  }
}
