import Axolotl
import Cryptography
import Transport

/// A frame of the receiving connection, in either of its languages (TextSecure protocol notes
/// §3.4): text frames hold JSON, binary ones protocol buffers (WebSocket-Resources).
struct Delivery: Sendable, Equatable {
  /// An encrypted envelope.
  let envelope: [UInt8]
  /// What is to be sent when the message is stored.
  let acknowledgement: WebSocketMessage

  /// nil for a frame that carries no message.
  init?(_ frame: WebSocketMessage) throws(TextSecureError) {
    switch frame {
    case .text(let text): try self.init(json: text)
    case .binary(let bytes): try self.init(protobuf: bytes)
    }
  }

  private struct JSONFrame: Decodable {
    let id: WireInteger?
    let message: String?
  }

  private init?(json text: String) throws(TextSecureError) {
    let frame: JSONFrame
    do { frame = try JSONText.decode(JSONFrame.self, from: text.utf8) } catch {
      throw .malformed("a frame that is no JSON object with id and message")
    }
    guard let message = frame.message else { return nil }
    guard let id = frame.id?.value else { throw .malformed("a message without its id") }
    guard let envelope = Base64.decode(message) else {
      throw .malformed("an envelope not in base64")
    }
    self.envelope = envelope
    acknowledgement = .text("{\"type\":1,\"id\":\(id)}")
  }

  private enum Resource {
    static let type: UInt32 = 1
    static let request: UInt32 = 2
    static let response: UInt32 = 3
    static let requestType: UInt32 = 1
    static let responseType: UInt32 = 2
  }
  private enum Request {
    static let verb: UInt32 = 1
    static let path: UInt32 = 2
    static let body: UInt32 = 3
    static let id: UInt32 = 4
  }

  private init?(protobuf bytes: [UInt8]) throws(TextSecureError) {
    let request: ProtobufMessage
    do {
      let frame = try ProtobufMessage(bytes, maximumSize: SignalingKey.maximumEnvelope * 2)
      guard frame.uint32(Resource.type) == Resource.requestType,
        let inner = frame.bytes(Resource.request)
      else { return nil }
      request = try ProtobufMessage(inner, maximumSize: SignalingKey.maximumEnvelope * 2)
    } catch { throw .malformed("a frame that is no protocol buffer") }
    guard request.text(Request.verb) == "PUT", request.text(Request.path) == "/api/v1/message"
    else { return nil }
    guard let id = request.uint64(Request.id), let body = request.bytes(Request.body) else {
      throw .malformed("a message without id or envelope")
    }
    // At first the body was base64 text here too; an envelope begins with 1, which no text does.
    let text = String(decoding: body, as: UTF8.self)
    guard let envelope = body.first == 1 ? Array(body) : Base64.decode(text) else {
      throw .malformed("an envelope neither raw nor in base64")
    }
    self.envelope = envelope
    var response = ProtobufMessage()
    response.append(1, id)
    response.append(2, 200 as UInt32)
    response.append(3, "OK")
    var frame = ProtobufMessage()
    frame.append(Resource.type, Resource.responseType)
    frame.append(Resource.response, response)
    acknowledgement = .binary(frame.serialized)
  }
}
