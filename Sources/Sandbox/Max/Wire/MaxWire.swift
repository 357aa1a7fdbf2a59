import Transport

/// How one connection writes and reads its frames.
struct MaxWire: Sendable {
  /// The two notations of one protocol; opcodes and members are the same in both.
  enum Notation: Sendable { case text, binary }

  /// Liberties that a server may take with its notation.
  struct Style: Sendable {
    /// Message ids in the form that the other notation uses.
    var swapsIDs = false
    var wrapsIntegers = false
    var compressesWithZstd = false
  }

  let notation: Notation
  var style = Style()
  /// `http://127.0.0.1:PORT`, where files are.
  var files = ""

  var version: Int { notation == .text ? MaxFrame.version : MaxBinary.version }

  /// A client's frame: its head, and JSON text with the member `payload`; nil if it is none.
  func read(_ message: WebSocketMessage) -> (head: MaxFrame.Head, text: [UInt8])? {
    switch (notation, message) {
    case (.text, .text(let text)):
      let bytes = Array(text.utf8)
      do {
        return (try JSONText.decode(MaxFrame.Head.self, from: bytes), bytes)
      } catch {
        return nil
      }
    case (.binary, .binary(let bytes)): return MaxBinary.frame(of: bytes)
    default: return nil
    }
  }

  /// A frame on its way out; `seq` nil leaves the number out where the notation can.
  func message(
    _ payload: (some Encodable)?, cmd: MaxFrame.Command, seq: Int?, opcode: Int
  ) -> WebSocketMessage {
    switch notation {
    case .text:
      let frame = MaxFrame.Outgoing(cmd: cmd, seq: seq, opcode: opcode, payload: payload)
      return .text(JSONText.encode(frame, settings: settings))
    case .binary:
      return .binary(
        MaxBinary.frame(
          cmd: cmd.rawValue, seq: seq ?? 0, opcode: opcode, payload.map(value), style: style))
    }
  }

  /// `payload` with its ids and links as this connection gets them.
  private func value(of payload: some Encodable) -> WireValue {
    let text = JSONText.encode(payload, settings: settings)
    do {
      return try JSONText.decode(WireValue.self, from: text.utf8)
    } catch {
      preconditionFailure("what was written as JSON reads back: \(error)")
    }
  }

  private var settings: [CodingUserInfoKey: any Sendable] {
    [.textIDs: (notation == .text) != style.swapsIDs, .files: files]
  }
}

extension CodingUserInfoKey {
  /// Bool: message ids are written as text.
  static let textIDs = key("textIDs")
  /// String: what links to files begin with.
  static let files = key("files")

  private static func key(_ name: String) -> CodingUserInfoKey {
    guard let key = CodingUserInfoKey(rawValue: name) else { preconditionFailure(name) }
    return key
  }
}

/// A message's id: in JSON text of up to 19 digits, as it is beyond what a JavaScript client could
/// hold, in MessagePack a number. Some clients send it the other way, so both are read.
struct MessageID: Codable, Hashable, Sendable {
  let value: Int64

  init(_ value: Int64) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      value = try container.decode(Int64.self)
    } catch DecodingError.typeMismatch {
      guard let id = Int64(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "not a message id")
      }
      value = id
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if encoder.userInfo[.textIDs] as? Bool == false {
      try container.encode(value)
    } else {
      try container.encode("\(value)")
    }
  }
}
