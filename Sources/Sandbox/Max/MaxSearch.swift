/// Opcode 73: words in the messages of one chat or of all.
extension MaxServer {
  /// The newest hits first. Every word of the query must begin a word of the text, whatever its case.
  func search(
    _ request: MaxRequest.Search, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Found {
    guard (1...MaxLimits.page).contains(request.count) else {
      throw .payload("count: must be from 1 to 100")
    }
    let words = MaxServer.words(of: request.query)
    guard !words.isEmpty, request.query.utf16.count <= 200 else { throw .payload("query") }
    let start = request.marker ?? 0
    guard (0...Int64(Int32.max)).contains(start) else { throw .payload("marker") }

    let chats = try request.chatId.map { chat throws(MaxRefusal) in
      [try world.wholeConversation(chat, of: caller.account)]
    }
    let hits = (chats ?? allConversations(of: caller.account)).flatMap { conversation in
      conversation.messages.filter { message in
        !message.hiddenFrom.contains(caller.account) && MaxServer.matches(message.text, words)
      }.map {
        MaxAnswer.Found.Hit(chatId: conversation.id, message: $0.object(for: caller.account))
      }
    }
    let sorted = hits.sorted { $0.message.message.id > $1.message.message.id }
    let page = sorted.dropFirst(Int(start)).prefix(request.count)
    let end = Int(start) + page.count
    return MaxAnswer.Found(
      result: Array(page), total: hits.count, marker: end < hits.count ? Int64(end) : 0)
  }

  private func allConversations(of account: Int64) -> [Conversation] {
    world.conversations(of: account).map { conversation in
      var whole = conversation
      whole.unfold()
      return whole
    }
  }

  private static func matches(_ text: String, _ words: [String]) -> Bool {
    let there = self.words(of: text)
    return words.allSatisfy { word in there.contains { $0.hasPrefix(word) } }
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
