import MaxService
@testable import ScreenState

extension Sample {
  /// A chat with messages that look like something, and that people react to.
  static var livelyChat: ConversationState {
    var chat = ConversationState(chat: "max:1", service: .max, title: "Павел")
    chat.freshness = .live(since: ago(seconds: 3))
    chat.hasReachedBeginning = true
    chat.lines = [
      .init(
        id: "1", sender: "Павел", at: ago(minutes: 9),
        text: "bold, italic, underlined, struck and code, see here (https://example.org/s) @Ира",
        spans: [
          .init(look: .strong, range: 0..<4), .init(look: .emphasised, range: 6..<12),
          .init(look: .underlined, range: 14..<24), .init(look: .struckThrough, range: 26..<32),
          .init(look: .code, range: 37..<41), .init(look: .link, range: 47..<51),
          .init(look: .mention, range: 77..<81),
        ]),
      .init(
        id: "2", sender: "Павел", at: ago(minutes: 8), text: "Кто за субботу?",
        reactions: [
          .init(emoji: "👍", count: 3, isOwn: true), .init(emoji: "❤️", count: 1),
          .init(emoji: "👎", count: 12),
        ]),
      .init(
        id: "3", sender: "you", isOwn: true, at: ago(minutes: 7), text: "Я за",
        reactions: [.init(emoji: "🔥", count: 1)], isEdited: true, status: .read),
      .init(
        id: "4", sender: "Павел", at: ago(minutes: 6), text: "forwarded from Мария\nСписок",
        spans: [.init(look: .quote, range: 0..<20)],
        attachments: [.init(label: "список.txt", bytes: 900)], offer: Hint(key: "s", label: "save")),
      .init(
        id: "5", sender: "Павел", at: ago(minutes: 5), text: "", isDeleted: true),
    ]
    return chat
  }

  static let reactions = ChoiceState(
    title: "REACT", introduction: "Кто за субботу?",
    options: ["👍", "❤️", "🤣", "🔥", "😮", "😢", "🙏", "👎"].map {
      .init(id: $0, label: $0, isCurrent: $0 == "👍")
    }, selection: 2, isRow: true,
    hints: [Hint(key: "Enter", label: "choose"), Hint(key: "Esc", label: "leave")])

  static let targets = ChoiceState(
    title: "FORWARD TO", introduction: "Кто за субботу?",
    options: chats.rows.map { .init(id: $0.id, label: $0.title) }, selection: 3,
    filter: FieldState(text: "сем"), problem: "There is no connection. Try again.",
    hints: [Hint(key: "Enter", label: "choose"), Hint(key: "Esc", label: "leave")])
}
