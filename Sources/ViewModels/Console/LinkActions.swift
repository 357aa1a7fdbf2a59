import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// What can be taken out of a message: its text to paste elsewhere, its links to be opened.
@MainActor
struct LinkActions {
  private let context: ModelContext
  private let dialogs: DialogModel
  private let conversation: ConversationModel

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    conversation = console.conversation
  }

  /// The selected message, or the last one that has what is wanted.
  private func message(where isWanted: (MessageRecord) -> Bool) -> MessageRecord? {
    conversation.target { $0.status != .deleted && isWanted($0) }
  }

  // MARK: Copying

  private var copied: MessageRecord? { message { !$0.text.isBlank } }

  var copyDisabledReason: String? { copied == nil ? Phrase.nothingToCopy.text : nil }

  /// Copies the text; where it has links besides words, it is asked what is meant.
  func copy() {
    guard let message = copied else { return }
    let links = message.links
    guard !links.isEmpty, links.map(\.text) != [message.text.trimmed] else {
      return copy(message.text, .copiedText)
    }
    let whole = ChoiceState.Option(id: "", label: Phrase.wholeText.text)
    let model = ChoiceModel(
      context, .init(title: Phrase.copyTitle.text, introduction: message.preview),
      [whole] + links.map { .init(id: $0.text, label: $0.text) }, style: .list)
    model.choose = { [dialogs] choice in
      dialogs.close()
      choice.isEmpty ? copy(message.text, .copiedText) : copy(choice, .copiedLink)
    }
    dialogs.show(.choice(model))
  }

  private func copy(_ text: String, _ words: Phrase) {
    context.program.copy(harmless(text, keepingLines: true))
    context.notices.show(NoticeText(.success, words.text))
  }

  // MARK: Opening

  private var linked: MessageRecord? { message { !$0.links.isEmpty } }

  var openDisabledReason: String? { linked == nil ? Phrase.noLink.text : nil }

  /// Asks before a link is opened, with its address in full; of several, which one.
  func open() {
    guard let links = linked?.links, let first = links.first else { return }
    guard links.count > 1 else { return ask(first) }
    let model = ChoiceModel(
      context, .init(title: Phrase.openLinkTitle.text),
      links.map { .init(id: $0.text, label: $0.text) }, style: .list)
    model.choose = { choice in
      if let link = links.first(where: { $0.text == choice }) { ask(link) }
    }
    dialogs.show(.choice(model))
  }

  private func ask(_ link: WebAddress) {
    let open = context.program.open
    let words = open == nil ? Phrase.linkCannotOpen : Phrase.linkLeadsTo
    var options = [
      ChoiceState.Option(id: ChoiceModel.no, label: Phrase.leaveLink.text),
      ChoiceState.Option(id: "copy", label: Phrase.copyLink.text),
    ]
    if open != nil { options.append(.init(id: "open", label: Phrase.openLinkNow.text)) }
    let model = ChoiceModel(
      context,
      .init(
        title: Phrase.openLinkTitle.text, introduction: words.with(link.host) + " " + link.text),
      options, style: .question)
    model.choose = { [dialogs, context] choice in
      dialogs.close()
      switch choice {
      case "copy": copy(link.text, .copiedLink)
      case "open":
        guard let open else { return }
        context.start("link.open") {
          let failure = await open(link.text)
          let notice =
            failure.map { NoticeText(.failure, Phrase.linkNotOpened.with($0)) }
            ?? NoticeText(.success, Phrase.linkOpened.text)
          context.notices.show(notice)
        }
      default: break
      }
    }
    dialogs.show(.choice(model))
  }
}

extension MessageRecord {
  /// The web addresses in it: those that are written, then those behind words.
  fileprivate var links: [WebAddress] {
    var links = WebAddress.all(in: text)
    for span in spans where span.kind == "LINK" {
      guard let link = span.url.flatMap({ WebAddress($0) }), !links.contains(link) else { continue }
      links.append(link)
    }
    return links
  }
}
