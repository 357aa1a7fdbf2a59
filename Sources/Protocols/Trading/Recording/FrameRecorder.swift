import Clocks
import Transport

/// Writes down one connection, with what is secret left out.
struct FrameRecorder: Sendable {
  private static let placeholder = "‹hidden›"

  let purpose: String
  let recorder: any TradingRecorder
  let time: any TimeSource
  let hidden: TradingCredentials

  func opened(_ headers: HTTPHeaders) { note(.open) { $0.date = headers.date } }

  func refused(_ error: TransportError) {
    note(.refused) { frame in
      if case .upgradeRefused(let status, _) = error { frame.status = status }
    }
  }

  func sent(_ frame: String) { note(.out) { $0.frame = FrameRecorder.unsigned(frame) } }

  func received(_ message: WebSocketMessage) {
    let text: String
    switch message {
    case .text(let whole): text = whole
    case .binary(let bytes): text = String(decoding: bytes, as: UTF8.self)
    }
    // No server repeats them, but what nobody can see nobody can pass on.
    var safe = text
    for secret in [hidden.key.revealed, hidden.secret.revealed]
    where !secret.isEmpty && safe.holdsBytes(of: secret) {
      safe = safe.replacing(secret, with: FrameRecorder.placeholder)
    }
    note(.in) { $0.frame = safe }
  }

  func ended(_ closure: WebSocketClosure) {
    note(.close) { frame in
      switch closure {
      case .byPeer(let code, _): frame.code = Int(code)
      case .byUs(let code):
        frame.code = Int(code)
        frame.byUs = true
      default: break
      }
    }
  }

  private func note(_ event: RecordedFrame.Event, _ fill: (inout RecordedFrame) -> Void) {
    var frame = RecordedFrame(at: time.wallTime, purpose: purpose, event: event)
    fill(&frame)
    recorder.record(frame)
  }

  /// One of our own frames without key, nonce and signature, which hold nothing that is escaped.
  static func unsigned(_ frame: String) -> String {
    var text = frame
    for name in ["key", "nonce", "sig"] {
      let mark = ",\"\(name)\":\""
      guard let start = text.firstRange(of: mark),
        let end = text[start.upperBound...].firstIndex(of: "\"")
      else { continue }
      text.removeSubrange(start.lowerBound...end)
    }
    return text
  }
}
