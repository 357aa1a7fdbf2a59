import JSON
import Transport

/// A message of the server, sorted by what it can belong to.
///
/// The order of the questions matters: an acknowledgement carries both `op` and `ch`, so `op` is
/// looked at first; an error carries neither.
package enum IncomingFrame {
  /// `{"error": …}` (seed 001, Error Format), with the operation if the server names one; whether
  /// the message says nothing else.
  case error(String, operation: String?, isAlone: Bool)
  /// `{"op", "data"}`, and `ch` in acknowledgements of subscriptions.
  case reply(operation: String, channel: String?, FrameData)
  /// `{"ch", "data"}` about a channel that exists.
  case push(Channel, FrameData)
  /// Nothing the documents know; why.
  case unreadable(String)

  private static let operations: Set<String> = [
    "auth", "subscribe", "unsubscribe", "balances", "estimate", "swap", "order_status",
  ]

  package init(_ message: WebSocketMessage) {
    let read: TreeValue? =
      switch message {
      case .text(let text): TreeValue(message: text)
      case .binary(let bytes): TreeValue(message: bytes)
      }
    guard let read, TreeObject(read) != nil else {
      self = .unreadable("not a JSON object")
      return
    }
    let operation = read.text("op")
    let channel = read.text("ch")
    if let error = IncomingFrame.error(in: read) {
      let isAlone =
        channel == nil && read["orderId"] == nil && read["data"] == nil
      self = .error(error, operation: operation, isAlone: isAlone)
    } else if let operation, IncomingFrame.operations.contains(operation) {
      self = .reply(operation: operation, channel: channel, FrameData(value: read["data"]))
    } else if let channel = channel.flatMap(Channel.init(name:)) {
      self = .push(channel, FrameData(value: read["data"]))
    } else {
      self = .unreadable("neither a reply nor an update")
    }
  }

  private static func error(in message: TreeValue) -> String? {
    guard let error = message["error"] else { return nil }
    if let text = error.textOrNumeral { return text.isEmpty ? nil : text }
    // The REST interface of the same server puts the text into an object.
    return error.text("message", limit: .max)
  }
}

/// The `data` of a message, read when it is known what it should be.
package struct FrameData: Sendable {
  let value: TreeValue?

  package func decode<Value: WireReadable>(_ type: Value.Type) throws(DecodingFailure) -> Value {
    guard let value else { throw DecodingFailure(missing: "data") }
    return try Value(value)
  }
}

/// Something that `data` may hold.
package protocol WireReadable {
  init(_ value: TreeValue) throws(DecodingFailure)
}
