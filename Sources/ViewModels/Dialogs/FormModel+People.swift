import Accounts
import Domain
import Phrases
import ScreenState
import Storage

extension FormModel {
  /// A new group: what it is called, and who is in it.
  ///
  /// - Parameters:
  ///   - people: whom Tab completes.
  ///   - onDone: called with the group's chat.
  static func newGroup(
    _ context: ModelContext, people: [ContactRecord],
    onDone: @escaping @MainActor (ChatID) -> Void
  ) -> FormModel {
    let form = FormModel(
      context,
      .init(title: Phrase.newGroup.text, introduction: [Phrase.membersIntroduction.text]),
      [(.nameLabel, FieldState()), (.membersLabel, FieldState())])
    form.completeMembers(field: 1, from: people)
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = CreateGroup(
        name: form.text(0).trimmed, members: Members.numbers(form.text(1), among: people))
      form.perform(.makingGroup) { () throws(UserError) in
        try await context.hub.lines(of: call).first
      } then: { line in
        if let line { onDone(line.chat) }
      }
    }
    return form
  }

  /// Another name for a group.
  static func rename(
    _ context: ModelContext, group: GroupOutput, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let form = FormModel(
      context, .init(title: Phrase.renameGroup.text),
      [(.nameLabel, FieldState(text: group.title, isSelected: true))])
    form.words.enter = .hintRename
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = RenameGroup(chat: group.chat, name: form.text(0).trimmed)
      form.perform(.renamingGroup) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }

  /// More members for a group.
  static func newMembers(
    _ context: ModelContext, group: GroupOutput, people: [ContactRecord],
    onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let form = FormModel(
      context,
      .init(title: Phrase.addMembers.text, introduction: [Phrase.membersIntroduction.text]),
      [(.membersLabel, FieldState())])
    let others = people.filter { !group.members.contains($0.id) }
    form.completeMembers(field: 0, from: others)
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = AddToGroup(
        chat: group.chat, members: Members.numbers(form.text(0), among: others))
      form.perform(.addingMembers) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }

  /// Words for whoever calls; sending them declines the call.
  static func reply(
    _ context: ModelContext, to call: CallRow, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let introduction: Phrase =
      call.outcome == .ringing ? .replyIntroduction : .writeToCallerIntroduction
    let form = FormModel(
      context,
      .init(title: Phrase.replyTitle.text, introduction: [introduction.with(call.caller)]),
      [(.replyLabel, FieldState())])
    form.actions.hints = { [Hint(.enter, .hintSend), Hint(.escape, .hintLeave)] }
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let call = ReplyToCall(id: call.id, text: form.text(0).trimmed)
      form.perform(.sendingReply) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }

  /// Tab completes the last name of a list, and shows whom it could mean.
  private func completeMembers(field: Int, from people: [ContactRecord]) {
    actions.completedField = field
    actions.complete = { [weak self] in
      guard let self, selection == field else { return false }
      let (text, matches) = Members.completed(text(field), among: people)
      // With nobody to choose from Tab means what it means elsewhere.
      guard !matches.isEmpty || text != self.text(field) else { return false }
      set(field, FieldState(text: text))
      remarks.suggestions = matches.map { "\($0.name)  \($0.id)" }
      return true
    }
  }
}

/// Numbers and names of people in one line, separated by commas.
enum Members {
  /// The numbers meant: names stand for the people who have them, whatever else stays as it is.
  static func numbers(_ text: String, among people: [ContactRecord]) -> [String] {
    text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }.map { word in
      people.first { $0.name.lowercased() == word.lowercased() }?.id ?? word
    }
  }

  /// The text with its last word completed, if one person alone is meant; else whom it could mean.
  static func completed(
    _ text: String, among people: [ContactRecord]
  ) -> (text: String, matches: [ContactRecord]) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let before = words.dropLast().map(\.trimmed)
    let word = (words.last ?? "").trimmed.lowercased()
    let matches = people.filter { person in
      !before.contains(person.name) && !before.contains(person.id)
        && (person.name.lowercased().hasPrefix(word) || person.id.hasPrefix(word))
    }
    guard matches.count == 1, !word.isEmpty else { return (text, matches) }
    // A comma in a name would make two of it.
    let whole = matches[0].name.contains(",") ? matches[0].id : matches[0].name
    return ((before + [whole]).joined(separator: ", ") + ", ", [])
  }
}
