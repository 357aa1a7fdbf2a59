import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// A group, who is in it, and the way out.
@MainActor
package final class GroupModel {
  let chat: ChatID
  private(set) var group: GroupOutput?
  private var selection = Selection()
  private var problem: String?
  /// Names of numbers, as far as we know them, and our own number.
  private var names: [String: String] = [:]
  private var own: String?
  private let context: ModelContext

  /// - Parameter title: what is shown until the group has been read.
  init(_ context: ModelContext, chat: ChatRecord) {
    self.context = context
    self.chat = chat.chat
    group = GroupOutput(chat: chat.chat, title: chat.shownTitle, members: [], active: true)
    load()
  }

  /// All but the keys of the bottom line.
  var state: GroupState {
    var state = GroupState(title: title)
    let ids = members
    state.members = ids.map { .init(id: $0, name: names[$0], isOwn: $0 == own) }
    state.selection = selection.index(in: ids)
    state.isActive = group?.active ?? true
    state.problem = problem
    return state
  }

  private var title: String {
    guard let title = group?.title else { return chat.text }
    return title.isEmpty ? NamelessChat.group.words : title
  }

  /// Why the group cannot be changed; nil when it can.
  var disabledReason: String? { group?.active == false ? Phrase.youLeftGroup.text : nil }

  private var members: [String] {
    (group?.members ?? []).sorted { (names[$0] ?? $0, $0) < (names[$1] ?? $1, $1) }
  }

  func move(_ step: Selection.Step) {
    selection.move(step, in: members)
    context.onChange()
  }

  func load() {
    let service = chat.service
    context.start("group") { [self] in
      let contacts = await context.hub.environment.storing { store in
        try await store.contacts.all(service)
      }
      names = Dictionary(contacts?.map { ($0.id, $0.name) } ?? [], uniquingKeysWith: { $1 })
      let account = await context.hub.environment.storing { store in
        try await store.accounts.account(service)
      }
      own = (account ?? nil)?.identifier
      do throws(UserError) {
        group = try await context.hub.lines(of: ShowGroup(chat: chat)).first ?? group
        problem = nil
      } catch {
        problem = error.sentences
      }
    }
  }

  /// Leaves the group.
  func leave() {
    context.attempt("group.leave") { [self] () throws(UserError) in
      try await context.hub.run(LeaveGroup(chat: chat)) { _ in }
      load()
    }
  }
}
