/// A frame of the later, binary connection: a request or the answer to one, in either direction
/// (TextSecure protocol notes §3.4, dialect C: `WebSocketMessage` of WebSocket-Resources).
enum WebSocketResource: Equatable {
  struct Request: Equatable {
    var verb: String
    var path: String
    var body: [UInt8] = []
    /// Clients that expect no answer leave it out.
    var id: UInt64?
  }

  struct Response: Equatable {
    var id: UInt64
    var status: UInt64
    var message: String
    var body: [UInt8] = []
  }

  case request(Request)
  case response(Response)

  /// What a message is delivered with.
  static func delivery(_ envelope: [UInt8], id: UInt64) -> WebSocketResource {
    .request(Request(verb: "PUT", path: "/api/v1/message", body: envelope, id: id))
  }

  /// Nil for what is neither.
  init?(_ bytes: [UInt8]) {
    guard let frame = ProtobufFields(bytes) else { return nil }
    switch frame.integer(1) {
    case 1:
      guard let fields = frame.bytes(2).flatMap(ProtobufFields.init), let verb = fields.text(1),
        let path = fields.text(2)
      else { return nil }
      self = .request(
        Request(verb: verb, path: path, body: fields.bytes(3) ?? [], id: fields.integer(4)))
    case 2:
      guard let fields = frame.bytes(3).flatMap(ProtobufFields.init),
        let status = fields.integer(2)
      else { return nil }
      self = .response(
        Response(
          id: fields.integer(1) ?? 0, status: status, message: fields.text(3) ?? "",
          body: fields.bytes(4) ?? []))
    default: return nil
    }
  }

  var encoded: [UInt8] {
    var frame = ProtobufFields()
    var fields = ProtobufFields()
    switch self {
    case .request(let request):
      fields.append(1, request.verb.utf8)
      fields.append(2, request.path.utf8)
      if !request.body.isEmpty { fields.append(3, request.body) }
      if let id = request.id { fields.append(4, id) }
      frame.append(1, 1)
      frame.append(2, fields.encoded)
    case .response(let response):
      fields.append(1, response.id)
      fields.append(2, response.status)
      fields.append(3, response.message.utf8)
      if !response.body.isEmpty { fields.append(4, response.body) }
      frame.append(1, 2)
      frame.append(3, fields.encoded)
    }
    return frame.encoded
  }
}
