/// The models of chats and messages, which know of each other.
@MainActor
struct MessengerModels {
  let trust: TrustModel
  let failures: FailedMessagesModel
  let chats: ChatListModel
  let conversation: ConversationModel
  let composer: ComposerModel

  init(_ context: ModelContext, status: StatusModel) {
    trust = TrustModel(context)
    failures = FailedMessagesModel(context)
    chats = ChatListModel(context, status: status, trust: trust)
    conversation = ConversationModel(context, chats: chats, status: status)
    composer = ComposerModel(context, conversation: conversation)
  }

  func load() async {
    await trust.load()
    await chats.load()
    await failures.load()
    await composer.load()
  }
}
