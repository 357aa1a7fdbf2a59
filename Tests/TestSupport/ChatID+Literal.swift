import Domain

/// Tests name chats as people do: `"max:1"`.
extension ChatID: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) { self = ChatID(text) ?? ChatID(stored: text) }
}
