extension ConsoleModel {
  /// Something that waits for the person, in the order of urgency.
  enum Attention: Equatable {
    case order(String)
    case chat(String)
  }

  var attention: [Attention] {
    market.unknownOrders.map { .order($0.id) } + chats.needingAttention.map { .chat($0.chat) }
  }

  func showNextAttention() {
    switch attention.first {
    case .order(let id):
      market.selectOrder(id)
      focus(.orders)
    case .chat(let key):
      chats.select(key)
      openSelectedChat()
    case nil: break
    }
  }
}
