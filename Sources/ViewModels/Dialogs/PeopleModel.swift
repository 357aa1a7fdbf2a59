import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Whom to write to: the contacts, chats and numbers of all messengers, as one types.
@MainActor
package final class PeopleModel {
  /// What the list is opened for.
  enum Scope {
    /// To write to somebody.
    case writing
    /// To see who is known.
    case contacts
  }

  /// One row.
  private enum Entry {
    case known(KnownPerson)
    /// A number that can be looked up.
    case number(TypedNumber)
    /// What a messenger has said of a number.
    case found(ContactOutput)
  }

  /// What is being asked, and what came of it.
  private struct Work {
    var progress: String?
    var problem: String?
    /// Those who have the number, once it was looked up.
    var found: [ContactOutput]?
    /// Counts what was asked and given up, so that a late answer changes nothing.
    var question = 0
  }

  private let scope: Scope
  private var field = FieldState(placeholder: Phrase.peoplePlaceholder.text)
  private var selection = Selection()
  /// Everybody; nil until they are read.
  private var people: [KnownPerson]?
  /// Those who fit what is typed, as long as that stays.
  private var fitting: (text: String, people: [KnownPerson])?
  private var work = Work()
  private let context: ModelContext
  private let chats: ChatListModel
  private let open: @MainActor (ChatID) -> Void

  /// - Parameter open: opens the chat that was chosen; the dialog is closed by then.
  init(
    _ context: ModelContext, _ scope: Scope, chats: ChatListModel,
    open: @escaping @MainActor (ChatID) -> Void
  ) {
    self.context = context
    self.scope = scope
    self.chats = chats
    self.open = open
  }

  /// Reads who is known. It is ordered and made findable away from the keys.
  ///
  /// - Parameter services: those that somebody is signed in to.
  func load(_ services: [Service]) {
    let (all, scope) = (chats.all.filter { services.contains($0.service) }, scope)
    context.start("people") { [self] in
      let stored = await context.hub.environment.storing { store in
        (try await store.contacts.all(), try await store.accounts.all())
      }
      let (contacts, accounts) = stored ?? ([], [])
      people = await Task.detached {
        let owners = Dictionary(
          accounts.map { ($0.service, Set([$0.identifier, $0.userId ?? ""])) },
          uniquingKeysWith: { $1 })
        let people = KnownPerson.all(
          all, contacts: contacts.filter { services.contains($0.service) }, owners: owners)
        return scope == .contacts ? KnownPerson.contacts(among: people) : people
      }.value
      fitting = nil
    }
  }

  // MARK: What it shows

  /// What a screen of so many rows can show of it.
  func state(rows reach: Int) -> PeopleState {
    var state = PeopleState(
      title: (scope == .contacts ? Phrase.contactsTitle : .newContact).text)
    let entries = entries
    state.field = field
    state.selection = index(in: entries)
    state.rows = Excerpt(of: entries.count, around: state.selection, reach: reach) {
      row(entries[$0])
    }
    state.empty = (people == nil ? Phrase.loading : .nobodyFits).text
    state.progress = work.progress
    state.problem = work.problem
    let isNumber = if case .number? = state.selection.map({ entries[$0] }) { true } else { false }
    state.hints = [
      Hint(.enter, isNumber ? .hintLookUp : .hintWrite), Hint(.up, .hintMove),
      Hint(.escape, .hintLeave),
    ]
    return state
  }

  private var entries: [Entry] {
    if let found = work.found { return found.map { .found($0) } }
    return matching.map { .known($0) } + (TypedNumber(field.text).map { [.number($0)] } ?? [])
  }

  /// The nearest first; those who are as near stay in their order.
  private var matching: [KnownPerson] {
    guard let people else { return [] }
    let number = TypedNumber(field.text)
    let text = number?.number ?? field.text
    if let fitting, fitting.text == text { return fitting.people }
    let query = NameQuery(text)
    guard !query.isEmpty else { return people }
    let near = people.enumerated().compactMap { place, person in
      query.distance(to: person.key).map { (person, rank: ($0, place)) }
    }
    let sorted = near.sorted { $0.rank < $1.rank }.map(\.0)
    fitting = (text, sorted)
    return sorted
  }

  private func index(in entries: [Entry]) -> Int? {
    guard !entries.isEmpty else { return nil }
    return selection.id.flatMap { id in entries.firstIndex { self.id(of: $0) == id } } ?? 0
  }

  private func id(of entry: Entry) -> String {
    switch entry {
    case .known(let person): person.id
    case .number: "number"
    case .found(let contact): "found \(contact.service.rawValue)"
    }
  }

  private func row(_ entry: Entry) -> PeopleState.Row {
    let id = id(of: entry)
    switch entry {
    case .known(let person):
      // A number that stands for the name need not be there twice.
      let number = person.number == person.name ? "" : person.number ?? ""
      return .init(
        id: id, name: person.name, service: person.service,
        detail: person.isGroup ? Phrase.groupWord.text : number,
        identity: person.chat.flatMap(chats.identity),
        isOnline: person.chat.map(chats.isOnline) ?? false)
    case .number(let typed):
      return .init(id: id, name: typed.number, detail: Phrase.lookNumberUp.text)
    case .found(let contact):
      let name = typedName ?? contact.name
      return .init(
        id: id, name: name, service: contact.service,
        detail: contact.id == name ? "" : typedNumber ?? "")
    }
  }

  private var typedName: String? { TypedNumber(field.text)?.name }
  private var typedNumber: String? { TypedNumber(field.text)?.number }

  // MARK: What keys do

  /// False for a key that means something else: Esc, and everything while an answer is awaited.
  func press(_ key: Key) -> Bool {
    guard work.progress == nil, key != .escape else { return false }
    switch key {
    case .enter: choose()
    case .up, .backTab: move(.by(-1))
    case .down, .tab: move(.by(1))
    case .pageUp: move(.by(-10))
    case .pageDown: move(.by(10))
    default:
      let before = field.text
      guard field.edit(key, limit: 256, killed: &context.killed) else { return false }
      if field.text != before {
        (work.found, work.problem) = (nil, nil)
        selection.select(nil)
      }
    }
    context.onChange()
    return true
  }

  private func move(_ step: Selection.Step) {
    let entries = entries
    guard let index = index(in: entries) else { return }
    selection.select(id(of: entries[step.target(from: index, of: entries.count)]))
  }

  private func choose() {
    let entries = entries
    guard let index = index(in: entries) else { return }
    switch entries[index] {
    case .known(let person):
      if let chat = person.chat { return open(chat) }
      if let id = person.person { begin(person.service, id, name: nil) }
    case .number(let typed): lookUp(typed)
    case .found(let contact):
      // A name that was typed is for a person whom the owner names.
      begin(contact.service, contact.id, name: typedName)
    }
  }

  /// Asks each messenger who has a number: one that knows it alone is written to at once.
  private func lookUp(_ typed: TypedNumber) {
    perform(.lookingUp) { [context] (said) async throws(UserError) in
      try await context.hub.run(FindNumber(number: typed.number)) { await said.add($0) }
    } then: { [self] answers, problem in
      let found = answers.filter(\.registered)
      if found.isEmpty {
        let silent = answers.map(\.service.title).joined(separator: ", ")
        let nobody = answers.isEmpty ? nil : Phrase.nobodyHasNumber.with(silent, typed.number)
        work.problem = [nobody, problem?.sentences].compactMap(\.self).joined(separator: " ")
      } else if found.count == 1, problem == nil {
        begin(found[0].service, found[0].id, name: typed.name)
      } else {
        work.found = found
        work.problem = problem?.sentences
        selection.select(nil)
      }
    }
  }

  private func begin(_ service: Service, _ id: String, name: String?) {
    let request = OpenChatWith(service: service, id: id, name: name)
    perform(.openingChat) { [context] (opened) async throws(UserError) in
      try await context.hub.run(request) { await opened.add($0) }
    } then: { [self] opened, problem in
      work.problem = problem?.sentences
      if let chat = opened.first { open(chat.chat) }
    }
  }

  /// Does what takes a while; `then` gets all that came, and what went wrong.
  private func perform<Output: Sendable>(
    _ phrase: Phrase, _ ask: @escaping @MainActor (Answers<Output>) async throws(UserError) -> Void,
    then: @escaping @MainActor ([Output], UserError?) -> Void
  ) {
    work.question += 1
    (work.progress, work.problem) = (phrase.text, nil)
    let asked = work.question
    context.start("people.ask") { [self] in
      let answers = Answers<Output>()
      var problem: UserError?
      do throws(UserError) { try await ask(answers) } catch { problem = error }
      guard asked == work.question else { return }
      work.progress = nil
      then(answers.all, problem)
    }
  }

  /// What is awaited may come or not: nothing here waits for it any more.
  func giveUp() {
    work.question += 1
    work.progress = nil
  }
}

/// Outputs of a request as they come.
@MainActor
private final class Answers<Output: Sendable> {
  private(set) var all: [Output] = []

  func add(_ output: Output) { all.append(output) }
}
