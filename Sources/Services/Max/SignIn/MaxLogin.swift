import Accounts
import Domain
import OneMe
import Storage

/// The login that an account goes online with, in memory and in the store.
actor MaxLogin {
  private(set) var account: AccountRecord
  /// Where this run was told to connect to; nil for where the login was made.
  private let address: String?
  private let environment: AccountEnvironment

  /// A login's answer holds no more chats than this.
  private static let chatsOfLogin = 40

  init(_ account: AccountRecord, address: String?, environment: AccountEnvironment) {
    self.account = account
    self.address = address
    self.environment = environment
  }

  /// What people know the account by.
  var title: String { account.displayName ?? account.identifier }

  /// The moment before which chats have not been told of, in server milliseconds; 0 when all have, nil
  /// before anybody asked.
  var chatMarker: Int64? { account.settings.chatMarker }

  func update(_ change: @Sendable (inout AccountRecord) -> Void) async {
    change(&account)
    await environment.storing { [account] store in try await store.accounts.save(account) }
  }

  /// Keeps what a login told about its owner, and where the chats begin that it has not told of. This
  /// is stored before the marker that the next login goes by: chats that are left out are asked for even
  /// after a crash.
  func update(from snapshot: Snapshot) async {
    // After the first login the marker is the server's; later ones leave out what has not changed.
    let isFull = snapshot.chats.count >= MaxLogin.chatsOfLogin
    let oldest = snapshot.chats.map(\.lastEventTime).min()
    let toldUntil = snapshot.chatMarker ?? oldest ?? 0
    let isNews = account.settings.chatMarker == nil || isFull
    guard snapshot.profile != nil || isNews else { return }
    await update { account in
      if let profile = snapshot.profile {
        account.userId = String(profile.id)
        account.displayName = profile.shownName
      }
      if isNews { account.settings.chatMarker = toldUntil }
    }
  }

  /// The server does not speak the text form of the protocol.
  func noteTextRefused() async {
    await update { [address] in $0.settings.textRefusedAt = address ?? $0.url }
  }

  /// Chats before this moment have not been told of yet; 0 for none.
  func setChatMarker(_ marker: Int64) async {
    await update { $0.settings.chatMarker = marker }
  }

  /// What a login told is stored, with this as its marker.
  func noteSync(at marker: Int64?) {
    account.syncMarker = marker ?? account.syncMarker
  }
}
