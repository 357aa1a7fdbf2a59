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
    /// It is about the last key alone.
    var isAboutKey = false
  }

  private var entries: [Entry] = []
  private var lastId = 0
  /// What `showOnce(_:)` has said; as many as there are such sentences.
  private var said: Set<String> = []
  private let time: any TimeSource
  var onChange: () -> Void = {}

  /// How many are kept; older ones give way.
  static let limit = 4

  init(time: any TimeSource) { self.time = time }

  var state: [Notice] {
    let now = time.uptime.milliseconds
    return entries.filter { $0.expires > now }.map(\.notice)
  }

  /// When the next one goes, in ms of uptime.
  var nextExpiry: Int64? { entries.map(\.expires).filter { $0 > time.uptime.milliseconds }.min() }

  func show(_ text: NoticeText) { show(text, isAboutKey: false) }

  /// Says something of the last key, until the next one.
  func showUntilKey(_ text: NoticeText) { show(text, isAboutKey: true) }

  /// Another key was pressed.
  func forgetKey() {
    guard entries.contains(where: \.isAboutKey) else { return }
    entries.removeAll(where: \.isAboutKey)
    onChange()
  }

  private func show(_ text: NoticeText, isAboutKey: Bool) {
    let now = time.uptime.milliseconds
    entries.removeAll { $0.expires <= now || $0.notice.text == text.text }
    lastId += 1
    let notice = Notice(id: lastId, kind: text.kind, text: text.text, hint: text.hint)
    entries.append(
      Entry(
        notice: notice, expires: now + lifetime(of: text.kind), connection: text.connection,
        isAboutKey: isAboutKey))
    entries = entries.suffix(NoticesModel.limit)
    onChange()
  }

  /// Says something that need not be said twice.
  func showOnce(_ text: NoticeText) {
    if said.insert(text.text).inserted { show(text) }
  }

  /// - Parameter connection: the service whose connection it is about, if it is about one.
  func show(_ error: UserError, about connection: Service? = nil) {
    show(NoticeText(.failure, error.message, hint: error.hint, about: connection))
  }

  /// A service's connection is there: what was said of it is old.
  func forget(connection: Service) {
    let count = entries.count
    entries.removeAll { $0.connection == connection }
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
