import Domain
import Storage

/// The chats that fit what is typed, newest first, looked for as little as can be: a key costs the same
/// however many there are, but for a word that hardly any has.
@MainActor
final class FoundChats {
  private let chats: ChatListModel
  /// Names as they are looked through, of the chats that have been.
  private var names: [ChatID: (title: String, folded: [UInt8])] = [:]
  private var last: (wanted: WantedWords, version: Int, found: [ChatRecord], isCut: Bool)?

  /// How many names were looked through, for tests.
  private(set) var looked = 0

  /// Nobody looks through more; another letter leaves fewer.
  static let limit = 100

  init(_ chats: ChatListModel) { self.chats = chats }

  func fitting(_ wanted: WantedWords) -> [ChatRecord] {
    guard !wanted.isEmpty else { return chats.all }
    var known = chats.all
    if let last, last.version == chats.version {
      if last.wanted == wanted { return last.found }
      // One letter more leaves fewer of them.
      if !last.isCut, wanted.text.hasPrefix(last.wanted.text) { known = last.found }
    }
    var found: [ChatRecord] = []
    for chat in known {
      looked += 1
      guard wanted.fits(name(of: chat)) else { continue }
      found.append(chat)
      if found.count == FoundChats.limit { break }
    }
    last = (wanted, chats.version, found, found.count == FoundChats.limit)
    return found
  }

  private func name(of chat: ChatRecord) -> [UInt8] {
    if let known = names[chat.chat], known.title == chat.title { return known.folded }
    let folded = WantedWords.folded(chat.shownTitle + " " + chat.chat.text)
    names[chat.chat] = (chat.title, folded)
    return folded
  }
}
