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
    switch message {
    case .text(var text): self = text.withUTF8 { IncomingFrame($0) }
    case .binary(let bytes): self = bytes.withUnsafeBufferPointer { IncomingFrame($0) }
    }
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let node = JSONNode(bytes), case .object = node else {
      self = .unreadable("not a JSON object")
      return
    }
    let operation = node.text("op")
    let channel = node.text("ch")
    if let error = IncomingFrame.error(in: node) {
      let isAlone =
        channel == nil && node["orderId"] == nil && [nil, .null].contains(node["data"])
      self = .error(error, operation: operation, isAlone: isAlone)
    } else if let operation, IncomingFrame.operations.contains(operation) {
      self = .reply(operation: operation, channel: channel, FrameData(node: node["data"]))
    } else if let channel = channel.flatMap(Channel.init(name:)) {
      self = .push(channel, FrameData(node: node["data"]))
    } else {
      self = .unreadable("neither a reply nor an update")
    }
  }

  private static func error(in node: JSONNode) -> String? {
    guard let error = node["error"] else { return nil }
    if case .text(let text) = error { return text.isEmpty ? nil : text }
    // The REST interface of the same server puts the text into an object.
    return error.text("message", limit: .max)
  }
}

/// The `data` of a message, read when it is known what it should be.
package struct FrameData: Sendable {
  let node: JSONNode?

  package func decode<Value: WireReadable>(_ type: Value.Type) throws(DecodingFailure) -> Value {
    guard let node else { throw DecodingFailure(missing: "data") }
    return try Value(node)
  }
}

/// Something that `data` may hold.
package protocol WireReadable {
  init(_ node: JSONNode) throws(DecodingFailure)
}
