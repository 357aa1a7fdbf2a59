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

  @Test("A message is taken apart once: whatever is read of it stands in one tree")
  func once() throws {
    let text = #"{"cmd":0,"seq":3,"opcode":128,"payload":{"chatId":1,"message":{"id":"2"}}}"#
    for message in [WebSocketMessage.text(text), try #require(ComparableJSON(text).binary)] {
      let frame = try Frame(message)
      #expect(frame.header == FrameHeader(command: .request, sequence: 3, opcode: .message))
      let payload = try #require(try frame.payload?.object())
      let inner = try #require(payload.nested("message"))
      #expect(payload.number("chatId") == 1 && inner.number("id") == 2)
      #expect(inner.value.tree === frame.payload?.tree)
    }
  }

  @Test("What cannot be read of a payload leaves the frame readable")
  func flaw() throws {
    let payload = #"{"error":"x","chatId":"?","a":[1,{"b":2}]}"#
    let text = #"{"cmd":1,"seq":3,"opcode":49,"payload":\#(payload)}"#
    for message in [WebSocketMessage.text(text), try #require(ComparableJSON(text).binary)] {
      let frame = try Frame(message)
      #expect(frame.refusal?.code == "x")
      let payload = try #require(try frame.payload?.object())
      #expect(flaw { try payload.requiredNumber("chatId") } == "payload.chatId is not as expected")
      #expect(flaw { try payload.requiredNumber("id") } == "payload.id is missing")
      let last = try #require(payload["a"]?.elements?.reduce(nil) { $1 })
      #expect(flaw { try last.object().requiredNumber("c") } == "payload.a.1.c is missing")
      #expect(flaw { _ = try String(from: last) } == "payload.a.1 is not as expected")
    }
  }

  private func flaw(_ read: () throws -> some Any) -> String? {
    do { _ = try read() } catch { return OneMeError.reason(error) }
    return nil
  }
}
