import Cryptography

/// The opening handshake of RFC 6455 §4.2, server side.
enum ServerHandshake {
  /// Whether a request asks for a WebSocket at all.
  static func isAsked(by headers: HTTPHeaders) -> Bool {
    headers.tokens("Upgrade").contains("websocket")
  }

  /// What is wrong with a request that asks for a WebSocket: the answer to give instead; nil if
  /// nothing is.
  static func refusal(method: String, version: String, headers: HTTPHeaders) -> HTTPServer.Reply? {
    let key = headers["Sec-WebSocket-Key"].flatMap { Base64.decode($0) }
    guard method == "GET", version == "HTTP/1.1", headers.tokens("Connection").contains("upgrade"),
      key?.count == 16
    else { return .response(status: 400, body: Array("malformed WebSocket handshake\n".utf8)) }
    guard headers["Sec-WebSocket-Version"] == "13" else { return upgradeRequired }
    return nil
  }

  static let upgradeRequired = HTTPServer.Reply.response(
    status: 426, headers: ["Upgrade": "websocket", "Sec-WebSocket-Version": "13"])
}
