import Cryptography
import Storage
import Testing

@Suite("Accounts and settings")
struct AccountTests {
  private let store: Store

  init() throws { store = try Store.inMemory() }

  private let account = AccountRecord(
    service: .max, url: "wss://127.0.0.1/ws", identifier: "+79990001122", userId: "54321001",
    displayName: "Ира Т", secret: Secret("fake-token"), deviceId: "device-1",
    settings: AccountSettings(codec: "binary"), syncMarker: 1_795_000_000_555, createdAt: noon)

  @Test("Every field comes back")
  func roundTrip() async throws {
    let bare = AccountRecord(
      service: .trading, url: "wss://127.0.0.1/stream", identifier: "fake-key",
      secret: Secret("fake-secret"),
      settings: AccountSettings(dialect: "sdk", keyOrder: "sorted"), createdAt: noon + 1)
    try await store.accounts.save(bare)
    try await store.accounts.save(account)
    #expect(try await store.accounts.account(.max) == account)
    #expect(try await store.accounts.account(.textsecure) == nil)
    #expect(try await store.accounts.all() == [account, bare])
  }

  @Test("A service has one account: the last one saved")
  func replacement() async throws {
    try await store.accounts.save(account)
    var other = account
    other.identifier = "+79990003344"
    other.secret = Secret("another-fake")
    other.syncMarker = nil
    try await store.accounts.save(other)
    #expect(try await store.accounts.all() == [other])
  }

  @Test("Signing out removes the account, not what it received")
  func removal() async throws {
    try await store.accounts.save(account)
    try await store.receive(message("1"), in: dialog)
    try await store.accounts.remove(.max)
    #expect(try await store.accounts.all().isEmpty)
    #expect(try await store.messages.latest(dialog.chat, limit: 10).count == 1)
  }

  @Test("A printed account does not show its secret")
  func printing() {
    #expect(!"\(account)".contains("fake-token"))
  }

  @Test("Settings are remembered and forgotten")
  func settings() async throws {
    #expect(try await store.settings.value(.halt) == nil)
    try await store.settings.set(.halt, "by hand")
    try await store.settings.set(.halt, "by hand, again")
    try await store.settings.set(.focusedChat, "")
    #expect(try await store.settings.value(.halt) == "by hand, again")
    #expect(try await store.settings.value(.focusedChat) == "")
    try await store.settings.set(.halt, nil)
    #expect(try await store.settings.value(.halt) == nil)
  }
}
