/// The models of chats and messages, which know of each other.
@MainActor
struct MessengerModels {
  let trust: TrustModel
  let failures: FailedMessagesModel
  let chats: ChatListModel
  let conversation: ConversationModel
  let composer: ComposerModel
  /// Chats by what is typed of their names.
  let found: FoundChats

  init(_ context: ModelContext, status: StatusModel) {
    trust = TrustModel(context)
    failures = FailedMessagesModel(context)
    chats = ChatListModel(context, status: status, trust: trust)
    conversation = ConversationModel(context, chats: chats, status: status)
    composer = ComposerModel(context, conversation: conversation)
    found = FoundChats(chats)
  }

  func load() async {
    await trust.load()
    await chats.load()
    await failures.load()
    await composer.load()
  }
}
