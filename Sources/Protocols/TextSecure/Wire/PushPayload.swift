import Cryptography
import Transport

/// A push notification's payload, as a person may paste it: the bare base64 text, APN's JSON with
/// the field `m`, or GCM's with `message` (seed 002; TextSecure protocol notes §3.5).
public enum PushPayload {
  private struct Notification: Decodable {
    struct Inner: Decodable { let message: String? }
    let m: String?
    let message: String?
    let data: Inner?
  }
  private static let maximumSize = 256 << 10

  /// The encrypted envelope in `text`. Throws ``TextSecureError/malformed(_:)``.
  public static func envelope(in text: String) throws(TextSecureError) -> [UInt8] {
    guard text.utf8.count <= maximumSize else { throw .tooLarge(limit: maximumSize) }
    var payload = text.filter { !$0.isWhitespace }
    if payload.hasPrefix("{") {
      let notification: Notification
      do { notification = try JSONText.decode(Notification.self, from: text.utf8) } catch
      { throw .malformed("a notification that is no JSON object") }
      guard let inner = notification.m ?? notification.message ?? notification.data?.message else {
        throw .malformed("a notification without m or message")
      }
      payload = inner
    }
    guard !payload.isEmpty, let envelope = Base64.decode(payload) else {
      throw .malformed("a payload that is not base64")
    }
    return envelope
  }
}
