import Domain
import OneMe
import Storage

extension MaxAccount {
  /// What is being written on another device. It takes the place of nothing that was typed here.
  func take(_ draft: OneMe.Draft?, for place: DraftPlace) async {
    guard let own = records.ownId else { return }
    let key: ChatID =
      switch place {
      case .chat(let id): MaxRecords.key(id)
      case .user(let id): MaxRecords.key(own ^ id)
      }
    guard let draft, !draft.text.isEmpty else { return }
    await keep([DraftRecord(chat: key, text: draft.text)])
  }

  /// Drafts as a login brings them.
  func take(_ drafts: Drafts) async {
    guard let own = records.ownId else { return }
    var texts = Dictionary(
      drafts.users.map { (own ^ $0.key, $0.value.text) }, uniquingKeysWith: { $1 })
    texts.merge(drafts.chats.mapValues(\.text)) { $1 }
    await keep(
      texts.filter { !$0.value.isEmpty }.map {
        DraftRecord(chat: MaxRecords.key($0.key), text: $0.value)
      })
  }

  private func keep(_ drafts: [DraftRecord]) async {
    guard !drafts.isEmpty else { return }
    let taken = await environment.storing { store in
      let known = Set(try await store.drafts.all().map(\.chat))
      let new = drafts.filter { !known.contains($0.chat) }
      for draft in new { try await store.drafts.replace(draft.chat, with: [draft]) }
      return new
    }
    for draft in taken ?? [] { environment.changes.send(.draft(draft)) }
  }
}
