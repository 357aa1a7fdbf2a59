import FoundationEssentials
import Transport

/// A message of the server, sorted by what it can belong to.
///
/// The order of the questions matters: an acknowledgement carries both `op` and `ch`, so `op` is
/// looked at first; an error carries neither.
enum IncomingFrame {
  /// `{"error": …}` (seed 001, Error Format), with the operation if the server names one.
  case error(String, operation: String?)
  /// `{"op", "data"}`, and `ch` in acknowledgements of subscriptions.
  case reply(operation: String, channel: String?, FrameData)
  /// `{"ch", "data"}` about a channel that exists.
  case push(Channel, FrameData)
  /// Nothing the documents know; why.
  case unreadable(String)

  private static let operations: Set<String> = [
    "auth", "subscribe", "unsubscribe", "balances", "estimate", "swap", "order_status",
  ]

  init(_ message: WebSocketMessage) {
    switch message {
    case .text(let text): self.init(json: text.utf8)
    case .binary(let bytes): self.init(json: bytes)
    }
  }

  init(json: some Sequence<UInt8>) {
    let data = numbersAsText(json)
    let envelope: Envelope
    do { envelope = try JSONDecoder().decode(Envelope.self, from: data) } catch {
      self = .unreadable("not a JSON object")
      return
    }
    if let error = envelope.error {
      self = .error(error, operation: envelope.operation)
    } else if let operation = envelope.operation, IncomingFrame.operations.contains(operation) {
      self = .reply(operation: operation, channel: envelope.channel, FrameData(json: data))
    } else if let channel = envelope.channel.flatMap(Channel.init(name:)) {
      self = .push(channel, FrameData(json: data))
    } else {
      self = .unreadable("neither a reply nor an update")
    }
  }
}

/// The `data` of a message, decoded when it is known what it should be.
struct FrameData: Sendable {
  let json: Data

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(Body<Value>.self, from: json).data
  }

  private struct Body<Value: Decodable>: Decodable { let data: Value }
}

private struct Envelope: Decodable {
  let error: String?
  let operation: String?
  let channel: String?

  private enum Keys: String, CodingKey { case error, op, ch }

  private struct Detail: Decodable {
    let message: String?
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    operation = container.text(.op)
    channel = container.text(.ch)
    // The REST interface of the same server puts the text into an object.
    error =
      container.text(.error, limit: .max)
      ?? container.tolerant(Detail.self, .error)?.message.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension KeyedDecodingContainer {
  /// The value of `key`, or nil when it is missing, null or of another form: what a server adds or
  /// leaves out must not cost the rest of the message.
  func tolerant<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
    do { return try decodeIfPresent(type, forKey: key) } catch { return nil }
  }

  /// Text that is there, not empty and of a sensible length. Numbers are text by now, see
  /// `numbersAsText`.
  func text(_ key: Key, limit: Int = 256) -> String? {
    tolerant(String.self, key).flatMap { (1...limit).contains($0.utf8.count) ? $0 : nil }
  }

  func amount(_ key: Key) -> Amount? { text(key).flatMap(Amount.init(serverText:)) }

  /// A whole number, however it is written.
  func integer(_ key: Key) -> Int64? { amount(key).flatMap { Int64($0.plainText) } }

  /// Text without which the message means nothing.
  func requiredText(_ key: Key) throws -> String {
    guard let text = text(key) else { throw missing(key) }
    return text
  }

  func requiredAmount(_ key: Key) throws -> Amount {
    guard let amount = amount(key) else { throw missing(key) }
    return amount
  }

  private func missing(_ key: Key) -> DecodingError {
    .dataCorruptedError(forKey: key, in: self, debugDescription: "no usable \(key.stringValue)")
  }
}
