import Accounts
import Domain
import Phrases
import ScreenState

extension FormModel {
  /// A file to send into a chat, and words to go with it.
  static func sendFile(
    _ context: ModelContext, chat: ChatID, onDone: @escaping @MainActor () -> Void
  ) -> FormModel {
    let form = FormModel(
      context, .init(title: Phrase.sendFile.text, introduction: [Phrase.pathIntroduction.text]),
      [
        (.fileLabel, FieldState(text: "~/")),
        (.wordsLabel, FieldState(placeholder: Phrase.notNeeded.text)),
      ])
    form.words.enter = .hintSend
    let files = context.files
    form.completePath(context)
    form.actions.edited = { [weak form] in form?.showSize(context) }
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let path = files.absolute(form.text(0))
      let call = SendMessage(chat: chat, text: form.text(1).trimmed, attachments: [path])
      form.perform(.sealingFile) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        onDone()
      }
    }
    return form
  }

  /// A folder to save an attachment in.
  ///
  /// - Parameters:
  ///   - index: which of the message's attachments, from 0.
  ///   - onDone: called with the path it has then.
  static func saveAttachment(
    _ context: ModelContext, chat: ChatID, message: String, index: Int, name: String,
    onDone: @escaping @MainActor (String) -> Void
  ) -> FormModel {
    let form = FormModel(
      context,
      .init(
        title: Phrase.saveAttachment.text, introduction: [Phrase.saveIntroduction.with(name)]),
      [(.folderLabel, FieldState(text: "~/Downloads/", isSelected: true))])
    form.words.enter = .hintSave
    let files = context.files
    form.completePath(context)
    form.actions.submit = { [weak form, context] in
      guard let form else { return }
      let folder = files.absolute(form.text(0))
      let call = SaveAttachment(chat: chat, message: message, index: index, directory: folder)
      form.perform(.savingFile) { [form] () throws(UserError) in
        guard await files.isThere(folder) else {
          throw UserError(
            .usage, code: "bad-folder", Phrase.noSuchFolder.with(folder),
            hint: Phrase.tabCompletes.text)
        }
        let finished = FinishedPath()
        try await context.hub.run(call) { line in
          await finished.keep(line)
          await form.show(.init(done: line.bytesDone, total: line.bytesTotal))
        }
        // Told here and not only in the dialog, which may be closed by now.
        let path = finished.path ?? folder
        context.notices.show(NoticeText(.success, Phrase.savedAs.with(path)))
        return path
      } then: {
        onDone($0)
      }
    }
    return form
  }

  /// Tab completes the path in the first field, and moves on once there is nothing to add.
  func completePath(_ context: ModelContext) {
    var completed: String?
    actions.completedField = 0
    actions.complete = { [weak self] in
      guard let self, selection == 0, text(0) != completed, remarks.suggestions.isEmpty else {
        return false
      }
      let typed = text(0)
      context.start("complete") { [weak self] in
        let (path, names) = await context.files.completed(typed)
        guard let self, text(0) == typed else { return }
        set(0, FieldState(text: path))
        remarks.suggestions = names
        completed = names.isEmpty ? path : nil
        actions.edited()
      }
      return true
    }
  }

  private func showSize(_ context: ModelContext) {
    let typed = text(0)
    context.start("size") { [weak self] in
      let finding = await context.files.find(context.files.absolute(typed))
      guard let self, text(0) == typed else { return }
      if case .file(let bytes) = finding {
        remarks.note = sizeText(bytes)
      } else {
        remarks.note = nil
      }
    }
  }
}

/// Where an attachment lies once it is saved.
@MainActor private final class FinishedPath {
  private(set) var path: String?
  func keep(_ line: TransferOutput) { path = line.path ?? path }
}
