import Domain

/// JSON-RPC 2.0 as spoken on the control socket.
///
/// One WebSocket connection carries one request. The client sends a request; the server sends each output
/// as a notification `line` and ends with a response: a null result, or an error whose `data` is the
/// `UserError`. Closing the connection cancels the request.
enum ControlMessage {
  static let version = "2.0"
  static let lineMethod = "line"
  /// JSON-RPC's code for application errors (-32000), and its own for a method that is not there.
  static let applicationError = -32000
  static let methodNotFound = -32601

  struct RequestMessage<Parameters: Codable>: Codable {
    var jsonrpc = ControlMessage.version
    var id = 1
    var method: String
    var params: Parameters
    /// Whether whoever asks means money on paper; absent for real money.
    var paper: Bool?
    /// For how long whoever asks waits, in milliseconds; absent for a request that watches.
    var timeoutMs: Int64?

    init(method: String, params: Parameters, isPaper: Bool = false, timeoutMs: Int64? = nil) {
      self.method = method
      self.params = params
      paper = isPaper ? true : nil
      self.timeoutMs = timeoutMs
    }
  }

  /// The part of a request that is read before its parameters' type is known.
  struct RequestHead: Decodable {
    var jsonrpc: String
    var id: Int
    var method: String
    var paper: Bool?
    var timeoutMs: Int64?
  }

  struct Notification<Element: Codable>: Codable {
    var jsonrpc = ControlMessage.version
    var method = ControlMessage.lineMethod
    var params: Element

    init(params: Element) { self.params = params }
  }

  struct Response: Codable {
    var jsonrpc = ControlMessage.version
    var id: Int
    var error: Failure?

    /// A successful response needs `"result"`, and ours is always null.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(jsonrpc, forKey: .jsonrpc)
      try container.encode(id, forKey: .id)
      if let error {
        try container.encode(error, forKey: .error)
      } else {
        try container.encodeNil(forKey: .result)
      }
    }

    init(id: Int, error: Failure? = nil) {
      self.id = id
      self.error = error
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      jsonrpc = try container.decode(String.self, forKey: .jsonrpc)
      id = try container.decode(Int.self, forKey: .id)
      error = try container.decodeIfPresent(Failure.self, forKey: .error)
    }

    private enum CodingKeys: String, CodingKey { case jsonrpc, id, result, error }
  }

  struct Failure: Codable {
    var code: Int
    var message: String
    var data: UserError?
  }
}
