import FoundationEssentials
import Testing
import Transport

@testable import OneMe

/// JSON compared by what it means, not by how it is written.
struct JSONText: Equatable, CustomStringConvertible {
  let value: JSONValue?
  let description: String

  init(_ text: String) {
    description = text
    value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  init(_ message: WebSocketMessage) {
    if case .text(let text) = message { self.init(text) } else { self.init("binary") }
  }

  static func == (left: JSONText, right: JSONText) -> Bool {
    left.value != nil && left.value == right.value
  }
}

/// Decodes `text` as the payload of a frame.
func payload<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
  let codec = JSONFrameCodec()
  let frame = try codec.open(.text(#"{"cmd":1,"seq":0,"opcode":0,"payload":\#(text)}"#))
  return try #require(try codec.payload(of: frame, Value.init(from:)))
}

/// Decodes a whole push as the event it becomes.
func event(_ text: String) throws -> OneMeEvent? {
  let codec = JSONFrameCodec()
  let frame = try codec.open(.text(text))
  let decode = try #require(PushDecoders.table[frame.header.opcode])
  return try codec.payload(of: frame, decode)
}
