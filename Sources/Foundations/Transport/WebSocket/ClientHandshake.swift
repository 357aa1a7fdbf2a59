import Cryptography

/// The opening handshake of RFC 6455 §4, client side: the request's bytes and the judgement of the
/// answer. Knows no socket.
struct ClientHandshake {
  /// Cap on the answer's head in bytes.
  static let headBytes = 64 << 10

  let request: [UInt8]
  private let expectedAccept: String
  private let offersProtocol: Bool
  private var searched = 0

  init(
    address: Address, headers: HTTPHeaders, random: any RandomSource
  ) throws(TransportError) {
    let key = Base64.encode(random.bytes(16))
    expectedAccept = WebSocketKey.accept(for: key)
    offersProtocol = headers["Sec-WebSocket-Protocol"] != nil
    var lines = ["GET \(address.target) HTTP/1.1"]
    if headers["Host"] == nil { lines.append("Host: \(address.hostField)") }
    lines += [
      "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: \(key)",
      "Sec-WebSocket-Version: 13",
    ]
    try headers.checkLines()
    lines += headers.fields.map { "\($0.name): \($0.value)" }
    request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// The answer's headers once its head is complete, which is then consumed; nil before that.
  /// Whatever follows the head stays in `input`: it is the first frames.
  mutating func accept(_ input: inout ByteQueue) throws(TransportError) -> HTTPHeaders? {
    let limit = ClientHandshake.headBytes
    guard let head = try HTTPHead(consuming: &input, limit: limit, searched: &searched) else {
      return nil
    }
    let headers = head.headers
    guard head.status == 101 else {
      throw .upgradeRefused(status: head.status, headers: headers)
    }
    guard headers.tokens("Upgrade").contains("websocket"),
      headers.tokens("Connection").contains("upgrade")
    else { throw .protocolViolation("the server switched to something other than WebSocket") }
    guard headers["Sec-WebSocket-Accept"] == expectedAccept else {
      throw .protocolViolation("the server's Sec-WebSocket-Accept does not answer our key")
    }
    guard headers["Sec-WebSocket-Extensions"] == nil,
      offersProtocol || headers["Sec-WebSocket-Protocol"] == nil
    else { throw .protocolViolation("the server chose an extension or protocol not offered") }
    return headers
  }
}

/// The proof that a server speaks WebSocket (RFC 6455 §4.2.2).
enum WebSocketKey {
  static func accept(for key: String) -> String {
    Base64.encode(Digest.sha1.hash((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
  }
}
