import Accounts
import Domain
import ScreenState
import Storage

/// Where one stands in the open chat: what is looked at or selected, and where the unread part began.
@MainActor
final class ReadingPlace {
  /// What is being looked at.
  enum Position: Equatable {
    /// The newest message.
    case end
    /// The first message that was unread when the chat was opened.
    case firstUnread
    /// The message that is selected.
    case message(MessagePlace)

    /// Whoever reads elsewhere in the chat has not seen what is new.
    var showsWhatIsNew: Bool { if case .message = self { false } else { true } }
  }

  private(set) var position = Position.end
  /// Where the "new" rule stands: the read mark at the moment of opening, if it is known, and how
  /// many were unread.
  private(set) var unread: (mark: Int64?, count: Int)?
  /// Words that were searched for.
  private(set) var highlight: Highlight?
  /// Keys act on messages, not on what is written at the foot.
  private(set) var isAmongMessages = false

  /// A chat is opened: at its first unread message, or at its end.
  func begin(in chat: ChatRecord) {
    unread = ReadingPlace.unread(of: chat)
    position = unread == nil ? .end : .firstUnread
    highlight = nil
  }

  /// A chat is opened at a message that was found.
  ///
  /// - Parameter isOpen: whether it is the open one already: within it the way back to what was new
  ///   stays known.
  func begin(in chat: ChatRecord, at place: MessagePlace, marking words: String, isOpen: Bool) {
    if !isOpen || chat.unread > 0 { unread = ReadingPlace.unread(of: chat) }
    position = .message(place)
    highlight = Highlight(words)
  }

  private static func unread(of chat: ChatRecord) -> (mark: Int64?, count: Int)? {
    chat.unread > 0 ? (chat.readMark, chat.unread) : nil
  }

  /// Where what was unread begins is known now.
  func setMark(_ mark: Int64) { unread?.mark = mark }

  /// Whoever answers has read what was new.
  func forgetUnread() { unread = nil }

  func go(to position: Position) { self.position = position }

  /// Whether keys act on messages from now on.
  func setAmongMessages(_ isAmongMessages: Bool) { self.isAmongMessages = isAmongMessages }

  /// What to read from the store around.
  var place: MessagePlace {
    switch position {
    case .end: MessagePlace(at: .max)
    case .firstUnread: MessagePlace(at: (unread?.mark ?? 0).plus(1))
    case .message(let place): place
    }
  }

  /// What to ask the server for.
  var part: HistoryPart {
    switch position {
    case .end: .newest
    case .firstUnread: .around(unread?.mark ?? 0)
    case .message(let place): .around(place.at)
    }
  }

  /// The selected message's index; nil when none is selected or it is not in memory.
  func selection(in window: ConversationWindow) -> Int? {
    guard case .message(let place) = position else { return nil }
    return window.index(of: place) ?? window.messages.firstIndex { $0.id == place.id }
  }

  /// The first message that was unread; nil when there was none or it is not in memory.
  ///
  /// - Parameter isPart: whether there are more messages before these: what was unread may begin there.
  func firstUnread(in window: ConversationWindow, isPart: Bool) -> Int? {
    guard let mark = unread?.mark else { return nil }
    let start = window.firstIndex(from: MessagePlace(at: mark.plus(1)))
    guard let index = window.messages[start...].firstIndex(where: { !$0.own }) else { return nil }
    return index > 0 || !isPart ? index : nil
  }
}
