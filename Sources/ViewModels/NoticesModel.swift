import Accounts
import Clocks
import Domain
import ScreenState
import Transport

/// Short messages: the newest few, each gone after a while or when dismissed.
@MainActor
final class NoticesModel {
  private struct Entry {
    var notice: Notice
    var expires: Int64
    /// The service whose connection it is about.
    var connection: Service?
    var topic: Topic?
  }

  /// What a notice speaks of that can be over before the notice is: it goes when that is done, and
  /// when something newer is said of it.
  enum Topic {
    case bell, halt, ticket, store
    /// What needs the person next.
    case attention
    /// The last key alone.
    case key
  }

  private var entries: [Entry] = []
  private var lastId = 0
  /// What `showOnce(_:)` has said; as many as there are such sentences.
  private var said: Set<String> = []
  private let time: any TimeSource
  var onChange: () -> Void = {}
  /// Something could not be stored that somebody wanted to be.
  var onStoreFailure: () -> Void = {}

  /// How many are kept; older ones give way.
  static let limit = 4

  init(time: any TimeSource) { self.time = time }

  var state: [Notice] {
    let now = time.uptime.milliseconds
    return entries.filter { $0.expires > now }.map(\.notice)
  }

  /// When the next one goes, in ms of uptime.
  var nextExpiry: Int64? { entries.map(\.expires).filter { $0 > time.uptime.milliseconds }.min() }

  /// - Parameter topic: what it is about, where that can be over soon.
  func show(_ text: NoticeText, on topic: Topic? = nil) {
    let now = time.uptime.milliseconds
    let topic = text.isAboutStore ? .store : topic
    entries.removeAll {
      $0.expires <= now || $0.notice.text == text.text || topic != nil && $0.topic == topic
    }
    lastId += 1
    let notice = Notice(id: lastId, kind: text.kind, text: text.text, hint: text.hint)
    entries.append(
      Entry(
        notice: notice, expires: now + lifetime(of: text.kind), connection: text.connection,
        topic: topic))
    entries = entries.suffix(NoticesModel.limit)
    onChange()
  }

  /// Says something that need not be said twice.
  func showOnce(_ text: NoticeText) {
    if said.insert(text.text).inserted { show(text) }
  }

  /// - Parameter connection: the service whose connection it is about, if it is about one.
  func show(_ error: UserError, about connection: Service? = nil) {
    if error.code == UserError.storage { onStoreFailure() }
    show(NoticeText(error, about: connection))
  }

  /// A service's connection is there: what was said of it is old.
  func forget(connection: Service) { forget(where: { $0.connection == connection }) }

  /// What was said of this is done.
  func forget(_ topic: Topic) { forget(where: { $0.topic == topic }) }

  private func forget(where isOver: (Entry) -> Bool) {
    let count = entries.count
    entries.removeAll(where: isOver)
    if entries.count != count { onChange() }
  }

  /// Takes away the newest one; false when there is none.
  func dismiss() -> Bool {
    let now = time.uptime.milliseconds
    entries.removeAll { $0.expires <= now }
    guard entries.popLast() != nil else { return false }
    onChange()
    return true
  }

  private func lifetime(of kind: NoticeKind) -> Int64 {
    switch kind {
    case .info, .success: 6_000
    case .warning: 12_000
    case .failure: 20_000
    }
  }
}
