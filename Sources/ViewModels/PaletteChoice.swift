import Domain

/// Something that can be chosen in the palette, without the words for it: what was chosen lately is
/// kept as this.
enum PaletteChoice: Hashable, Sendable {
  /// A command, by its name.
  case command(String)
  case chat(ChatID)
  /// Somebody without a chat yet.
  case person(Service, id: String)
  /// A setting and the value that it gets.
  case setting(String, value: String)
  case order(String)
  /// A ticket with these fields; nothing is sent by it.
  case swap(amount: String, from: String, to: String)
  /// A price to be told of, filled in.
  case alert(from: String, to: String, isAbove: Bool, price: String)
  case mute(ChatID, Bool)
  /// Looking for words in all messages.
  case search(String)

  /// What it is called in a list. Commands and chats have the names that they have elsewhere.
  var id: String {
    switch self {
    case .command(let name): name
    case .chat(let chat): chat.text
    case .person(let service, let id): "person \(service.rawValue) \(id)"
    case .setting(let name, let value): "setting \(name) \(value)"
    case .order(let id): "order \(id)"
    case .swap(let amount, let from, let to): "swap \(amount) \(from) \(to)"
    case .alert(let from, let to, let isAbove, let price):
      "alert \(from) \(to) \(isAbove ? "above" : "below") \(price)"
    case .mute(let chat, let isMuted): "\(isMuted ? "mute" : "unmute") \(chat.text)"
    case .search(let words): "search \(words)"
    }
  }

  /// Whether it is worth to be offered again: words to look for, and an amount, are not.
  var isKept: Bool {
    switch self {
    case .command, .chat, .person, .setting, .mute: true
    case .order, .swap, .alert, .search: false
    }
  }
}

/// What was chosen lately, the latest first.
struct RecentChoices {
  private(set) var all: [PaletteChoice] = []
  /// More than fit on a screen are of no use.
  private static let limit = 8

  mutating func add(_ choice: PaletteChoice) {
    guard choice.isKept else { return }
    all.removeAll { $0 == choice }
    all.insert(choice, at: 0)
    all = Array(all.prefix(Self.limit))
  }
}
