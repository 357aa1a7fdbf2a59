/// Where the TextSecure API document and the servers of its time answer differently.
public enum RelayDialect: String, Sendable, CaseIterable {
  /// The document's words: 200 for success, 415 for an unknown transport and for malformed JSON.
  case document = "doc"
  /// What TextSecure-Server did in 2014: 204, 422 and 400, and receipts for what was delivered.
  case server

  var success: Int { self == .document ? 200 : 204 }
  var unknownTransport: Int { self == .document ? 415 : 422 }
  var malformedJSON: Int { self == .document ? 415 : 400 }
  /// The document knows no signal of type 5; a client that goes by it need not understand one.
  var hasReceipts: Bool { self == .server }
}

/// In which frames a device gets its messages (TextSecure protocol notes §3.4).
public enum SocketFormat: String, Sendable, CaseIterable {
  /// Text: the two dialects of early 2014.
  case json
  /// Binary: protocol buffers, from November 2014 on.
  case protobuf
}
