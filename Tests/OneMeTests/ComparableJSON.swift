import FoundationEssentials
import JSON
import TestSupport
import Testing
import Transport

@testable import OneMe

/// JSON compared by what it means, not by how it is written.
struct ComparableJSON: Equatable, CustomStringConvertible {
  let value: JSONValue?
  let description: String

  init(_ text: String) {
    description = text
    value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  init(_ message: WebSocketMessage) {
    if case .text(let text) = message { self.init(text) } else { self.init("binary") }
  }

  static func == (left: ComparableJSON, right: ComparableJSON) -> Bool {
    left.value != nil && left.value == right.value
  }
}

extension ComparableJSON {
  /// A frame in this form, or in the binary one with the same content; nil if it is no frame.
  var binary: WebSocketMessage? {
    guard case .object(let frame)? = value, let opcode = frame["opcode"]?.integer,
      let command = frame["cmd"]?.integer.flatMap({ FrameHeader.Command(rawValue: Int($0)) }),
      let sequence = frame["seq"]?.integer
    else { return nil }
    let header = FrameHeader(
      command: command, sequence: Int(sequence), opcode: Opcode(rawValue: Int(opcode)))
    let content = frame["payload"].map { $0 == .null ? [] : MessagePackWriter.write($0) } ?? []
    return (try? BinaryFrameCodec.frame(header, content: content)).map { .binary($0) }
  }

  /// A message in either form, as the text form has it.
  init(frame message: WebSocketMessage) throws {
    guard case .binary(let bytes) = message else {
      self.init(message)
      return
    }
    let frame = try Frame(.binary(bytes))
    let fields: [String: JSONValue] = [
      "ver": .integer(11), "cmd": .integer(Int64(frame.header.command.rawValue)),
      "seq": .integer(Int64(frame.header.sequence ?? 0)),
      "opcode": .integer(Int64(frame.header.opcode.rawValue)),
      "payload": frame.payload.map { JSONValue($0) } ?? .null,
    ]
    self.init(JSONValue.object(fields).text(pretty: false))
  }
}

/// Decodes `text` as the payload of a frame, in both forms of the protocol, which must agree.
func payload<Value: WireDecodable & Equatable>(
  _ text: String, as type: Value.Type = Value.self
) throws -> Value {
  let whole = ComparableJSON(#"{"cmd":1,"seq":0,"opcode":0,"payload":\#(text)}"#)
  let value = try Frame.payload(of: .text(whole.description), Value.init(from:))
  let binary = try Frame.payload(of: try #require(whole.binary), Value.init(from:))
  #expect(value == binary)
  return try #require(value)
}

/// Decodes a whole push as the event it becomes, in both forms of the protocol, which must agree.
func event(_ text: String) throws -> OneMeEvent? {
  let message = try #require(ComparableJSON(text).binary)
  let opcode = try Frame(message).header.opcode
  let decode = try #require(PushDecoders.table[opcode])
  let event = try Frame.payload(of: .text(text), decode)
  let binary = try Frame.payload(of: message, decode)
  #expect(event == binary)
  return event
}

extension Frame {
  /// What `read` makes of a frame's payload; nil where there is none.
  static func payload<Value>(
    of message: WebSocketMessage, _ read: (TreeValue) throws -> Value
  ) throws -> Value? {
    try Frame(message).payload.map(read)
  }
}
