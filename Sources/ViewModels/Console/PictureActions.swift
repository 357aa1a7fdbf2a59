import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Looking at pictures of messages.
@MainActor
struct PictureActions {
  private let context: ModelContext
  private let dialogs: DialogModel
  private let conversation: ConversationModel

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    conversation = console.conversation
  }

  /// The selected message, or the last one with a picture.
  private var message: MessageRecord? { conversation.target { $0.firstPicture != nil } }

  var disabledReason: String? {
    if context.program.pictures == .never { return Phrase.picturesAreOff.text }
    return message == nil ? Phrase.noPicture.text : nil
  }

  /// Shows the message's picture; what has to be brought here is asked about first.
  func show() {
    guard let message, let index = message.firstPicture else { return }
    let attachment = message.attachments[index]
    let name = visibleName(attachment.label) ?? attachment.type
    if let path = attachment.path {
      let model = PictureModel(context, title: name)
      dialogs.show(.picture(model))
      return model.show(file: path)
    }
    let call = SaveAttachment(
      chat: message.chat, message: message.id, index: index,
      directory: context.files.absolute("~/Downloads"))
    guard context.program.pictures == .ask else { return bring(name, call) }
    let size = attachment.bytes.map { sizeText($0) }
    let words = size.map { Phrase.bringPictureOf.with(name, $0) } ?? Phrase.bringPicture.with(name)
    dialogs.ask(
      .init(title: Phrase.pictureTitle.text, introduction: words), no: .leavePicture,
      yes: .bringPictureNow
    ) { _ in bring(name, call) }
  }

  private func bring(_ name: String, _ call: SaveAttachment) {
    let model = PictureModel(context, title: name)
    dialogs.show(.picture(model))
    model.show(saving: call)
  }
}

extension MessageRecord {
  /// The first attachment that is a picture, and here or to be had.
  fileprivate var firstPicture: Int? {
    attachments.firstIndex { $0.isPicture && ($0.path != nil || $0.source != nil) }
  }
}

extension AttachmentRecord {
  /// By the service's word for its type, or its name where that says no more than that it is a file.
  fileprivate var isPicture: Bool {
    let type = type.lowercased()
    if type == "photo" || type.hasPrefix("image/") { return true }
    let ends = [".png", ".jpg", ".jpeg"]
    return type == "file" && ends.contains { (name ?? "").lowercased().hasSuffix($0) }
  }
}
