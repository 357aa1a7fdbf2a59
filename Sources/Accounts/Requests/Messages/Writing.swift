import Domain
import Storage

extension AccountHub {
  /// The account that writes in a chat. Whom a name means that is no chat's may have to be asked of
  /// the server.
  func writer(for chat: ChatID) async throws(UserError) -> any Messaging {
    let service = try service(of: chat)
    guard services(with: .messaging).contains(service) else { throw .cannotWrite(service) }
    let account = try await open(service, as: (any Messaging).self, else: .cannotWrite(service))
    guard services(with: .dialogs).contains(service) else { return account }
    let known = try await withStore { store in try await store.chats.chat(chat) }
    if known == nil { _ = try await online(service) }
    return account
  }

  /// Does something that leaves messages in the outbox of an account. A command that ends right after
  /// gives them time to go out.
  func writing<Result: Sendable>(
    by account: any Messaging, _ change: @Sendable () async throws(UserError) -> Result
  ) async throws(UserError) -> Result {
    let result = try await change()
    if settings.isShortLived { await account.drain(within: timeout) }
    return result
  }
}
