/// What sort of line a message is.
package enum MessageKind: Sendable, Hashable {
  /// Somebody's words.
  case text
  /// Somebody's words, passed on by another.
  case forward
  /// A line about the chat that nobody wrote: who came and left, what the chat is called now.
  case system
  /// Came encrypted and could not be read.
  case unreadable
  /// Came under an identity key that nobody has accepted yet.
  case held
  /// A word that this version does not know, as it stands in the store.
  case other(String)

  /// The kind of this word in the store.
  package init(_ word: String) {
    self = MessageKind.named.first { $0.word == word } ?? .other(word)
  }

  /// Its word in the store.
  package var word: String {
    switch self {
    case .text: "text"
    case .forward: "forward"
    case .system: "system"
    case .unreadable: "unreadable"
    case .held: "held"
    case .other(let word): word
    }
  }

  /// Whether it says something, be it in others' words.
  package var isSpoken: Bool { self == .text || self == .forward }

  private static let named: [MessageKind] = [.text, .forward, .system, .unreadable, .held]
}
