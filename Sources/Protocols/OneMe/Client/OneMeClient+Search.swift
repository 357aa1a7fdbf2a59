import JSON

extension OneMeClient {
  /// Messages that hold the words, best first, on the server's side (opcode 73).
  ///
  /// - Parameters:
  ///   - chat: nil for all chats.
  ///   - marker: The previous page's, for the next one.
  ///   - count: 1 to 100; beyond that it is brought to the nearest.
  public func search(
    _ query: String, chat: Int64? = nil, marker: String? = nil, count: Int = 30
  ) async throws(OneMeError) -> SearchPage {
    let request = SearchRequest(
      chatId: chat, query: query, count: min(max(count, 1), 100), marker: marker)
    return try await ask(.search, request, ifEmpty: SearchPage()) { SearchPage($0, chat: chat) }
  }
}

/// A page of what was found.
public struct SearchPage: Sendable, Equatable {
  /// A message and its chat.
  public struct Hit: Sendable, Equatable {
    /// Where it is; open the chat around its time.
    public var chatId: Int64
    /// What was found.
    public var message: Message

    /// A hit in that chat.
    public init(chatId: Int64, message: Message) {
      self.chatId = chatId
      self.message = message
    }
  }

  /// Best first.
  public var hits: [Hit]
  /// For the next page; nil after the last.
  public var marker: String?
  /// How many there are in all, if the server said so.
  public var total: Int64?

  /// A page with these hits.
  public init(hits: [Hit] = [], marker: String? = nil, total: Int64? = nil) {
    self.hits = hits
    self.marker = marker
    self.total = total
  }
}

extension SearchPage {
  /// A search within one chat may leave its id out of what it finds.
  init(_ object: TreeObject, chat: Int64?) {
    let found = object.list("result", of: Found.self).elements
    hits = found.compactMap { found in
      (found.chatId ?? chat).map { Hit(chatId: $0, message: found.message) }
    }
    let next = object.text("marker") ?? object.number("marker").map(String.init)
    marker = hits.isEmpty || next == "0" || next?.isEmpty == true ? nil : next
    total = object.count("total")
  }
}

/// Either the message itself, with its chat's id, or an object around it.
private struct Found: WireDecodable {
  var chatId: Int64?
  var message: Message

  init(from value: TreeValue) throws {
    let object = try value.object()
    chatId = object.number("chatId") ?? object.nested("chat")?.number("id")
    message = try object.optional("message") ?? Message(from: value)
  }
}

private struct SearchRequest: Encodable {
  var chatId: Int64?
  var query: String
  var count: Int
  /// As the server gave it: some count, others name.
  var marker: String?

  enum CodingKeys: CodingKey { case chatId, query, count, marker }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encodeIfPresent(chatId, forKey: .chatId)
    try object.encode(query, forKey: .query)
    try object.encode(count, forKey: .count)
    guard let marker else { return }
    if let number = Int64(marker) {
      try object.encode(number, forKey: .marker)
    } else {
      try object.encode(marker, forKey: .marker)
    }
  }
}
