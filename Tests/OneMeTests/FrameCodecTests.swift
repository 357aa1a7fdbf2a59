import Testing
import Transport

@testable import OneMe

/// Frames as JSON text.
struct FrameCodecTests {
  @Test func writesTheSeedsForm() throws {
    let header = FrameHeader(command: .request, sequence: 4, opcode: .callToken)
    let message = try JSONFrameCodec().encode(header, payload: [String: String]())
    #expect(
      ComparableJSON(message)
        == ComparableJSON(#"{"seq":4,"opcode":158,"payload":{},"ver":11,"cmd":0}"#))
  }

  @Test(arguments: [
    (
      #"{"ver":11,"cmd":1,"seq":2,"opcode":19,"payload":{}}"#, FrameHeader.Command.answer,
      Optional(2)
    ),
    (#"{"cmd":"1","seq":"2","opcode":"19"}"#, .answer, 2),
    (#"{"cmd":0,"opcode":19,"payload":null,"new":[1]}"#, .request, nil),
    (#"{"cmd":77,"seq":-1,"opcode":19,"payload":[]}"#, .request, -1),
  ])
  func readsHeaders(text: String, command: FrameHeader.Command, sequence: Int?) throws {
    let frame = try Frame(.text(text))
    #expect(frame.header == FrameHeader(command: command, sequence: sequence, opcode: .logIn))
    #expect(frame.refusal == nil)
  }

  @Test(arguments: [
    (WebSocketMessage.text(""), FrameError.notJSON),
    (.text("[]"), .notJSON),
    (.text(#"{"opcode":6"#), .notJSON),
    (.text(#"{"seq":1}"#), .noOpcode),
    (.text(#"{"opcode":1e99}"#), .noOpcode),
  ])
  func refuses(message: WebSocketMessage, error: FrameError) {
    #expect(throws: error) { try Frame(message) }
  }

  @Test func refusesBottomlessNesting() {
    let text = String(repeating: #"{"payload":"#, count: 50_000)
    #expect(throws: FrameError.notJSON) { try Frame(.text(text)) }
  }

  @Test(arguments: [
    (
      #""cmd":3,"payload":{"error":"login.token","message":"M","title":"T"}"#,
      Optional("login.token")
    ),
    (#""cmd":3,"payload":{"message":"M"}"#, "M"),
    (#""cmd":3,"payload":null"#, "error"),
    (#""cmd":3"#, "error"),
    (#""cmd":2,"payload":null"#, "not.found"),
    (#""cmd":1,"payload":{"error":"Error message description"}"#, "Error message description"),
    (#""cmd":1,"payload":{"error":""}"#, nil),
    (#""cmd":1,"payload":{"error":{"code":1}}"#, nil),
    (#""cmd":1,"payload":{"message":"no error"}"#, nil),
    (#""cmd":0,"payload":{"error":"of an upload"}"#, nil),
  ])
  func findsErrorsInBothForms(body: String, code: String?) throws {
    let frame = try Frame(.text(#"{"seq":1,"opcode":19,\#(body)}"#))
    #expect(frame.refusal?.code == code)
  }

  @Test(arguments: ["null", nil])
  func payloadMayBeMissing(payload: String?) throws {
    let body = payload.map { #","payload":\#($0)"# } ?? ""
    let text = #"{"cmd":1,"seq":1,"opcode":1\#(body)}"#
    #expect(try Frame.payload(of: .text(text), Snapshot.init(from:)) == nil)
  }

  @Test("A message is taken apart once, and its payload read in the same pass")
  func once() throws {
    let text = #"{"cmd":0,"seq":3,"opcode":128,"payload":{"chatId":1,"message":{"id":"2"}}}"#
    for message in [WebSocketMessage.text(text), try #require(ComparableJSON(text).binary)] {
      var readings = 0
      let (frame, content) = try Frame.open(message) { frame, payload in
        readings += 1
        // All else is known by then, so that the reader can go by it.
        #expect(frame.header.opcode == .message && frame.header.sequence == 3)
        return try payload.object().number("chatId")
      }
      #expect(readings == 1 && content == 1)
      #expect(frame.header == FrameHeader(command: .request, sequence: 3, opcode: .message))
    }
  }

  @Test("What cannot be read of a payload leaves the frame readable")
  func flaw() throws {
    let text = #"{"cmd":1,"seq":3,"opcode":49,"payload":{"error":"x","chatId":"?"}}"#
    for message in [WebSocketMessage.text(text), try #require(ComparableJSON(text).binary)] {
      let (frame, content) = try Frame.open(message) { try $1.object().requiredNumber("chatId") }
      #expect(content == nil && frame.refusal?.code == "x")
      let flaw = try #require(frame.flaw)
      #expect(OneMeError.reason(flaw) == "payload.chatId is not as expected")
    }
  }
}
