import Clocks
import Cryptography
import Storage
import Synchronization
import TestSupport
import Testing
import TextSecure
import Transport

@testable import Accounts
@testable import TextSecureService

@Suite(.timeLimit(.minutes(10))) struct TextSecureTroubleTests {
  @Test("A relay that answers web pages is refused by name, and nothing counts as done")
  func webPages() async throws {
    try await RelayFixture.run { fixture in
      let isPortal = Mutex(true)
      let front = try fixture.front { _ in
        isPortal.withLock { $0 }
          ? .answer(
            .response(
              status: 200, headers: ["Content-Type": "text/html; charset=utf-8"],
              body: Array("<html>Welcome</html>".utf8)))
          : .pass
      }
      let ada = try fixture.stranger("Ada", "+14155550100", url: front.url)
      let error = try await ada.hub.failure(
        of: SignIn.toTextSecure(number: ada.number, url: front.url))
      #expect(error.code == "malformed")
      #expect(error.message.contains("a web page"))
      #expect(error.hint.contains("address"))
      #expect(try await ada.store.accounts.all().isEmpty)

      isPortal.withLock { $0 = false }
      try await ada.register()
      let bob = try await fixture.person("Bob", "+14155550101")
      try await ada.add(bob)
      isPortal.withLock { $0 = true }
      try await ada.write("hi", to: bob.chat)
      let failed = try await ada.sees("hi", .failed, in: bob.chat)
      #expect(failed.failure?.sentences.contains("a web page") == true)
      isPortal.withLock { $0 = false }
      try await ada.hub.only(RetryMessage(chat: bob.chat, id: failed.id))
      try await bob.hears("hi", in: ada.chat)
    }
  }

  @Test("A relay that fails with 500 keeps messages waiting; they go out when it is well")
  func internalErrors() async throws {
    try await RelayFixture.run { fixture in
      let tally = Tally()
      let front = try fixture.front { request in
        guard request.target.hasPrefix("/v1/messages") else { return .pass }
        return tally.add() <= 2 ? .answer(.response(status: 500)) : .pass
      }
      let (ada, bob) = try await fixture.pair(adaAt: front.url)
      try await ada.write("one", to: bob.chat)
      try await ada.write("two", to: bob.chat)
      try await bob.hears("two", in: ada.chat)
      #expect(try await bob.texts(ada.chat) == ["one", "two"])
      #expect(tally.value >= 4)
    }
  }

  @Test(
    "A clock far off loses nothing, and its messages stand where they are seen",
    arguments: [0, 1_000, 4_102_444_800_000] as [Int64])
  func clocks(wallTime: Int64) async throws {
    try await RelayFixture.run { fixture in
      let off = ManualTime(wallTime: wallTime)
      let ada = try await fixture.person("Ada", "+14155550100", time: off)
      let bob = try await fixture.person("Bob", "+14155550101")
      try await ada.add(bob)
      try await bob.add(ada)
      let now = fixture.time.wallTime
      try await bob.write("first", to: ada.chat)
      try await ada.hears("first", in: bob.chat)
      try await ada.write("second", to: bob.chat)
      let heard = try await bob.hears("second", in: ada.chat)
      #expect(abs(heard.at - now) < 600_000)
      try await bob.write("third", to: ada.chat)
      try await ada.hears("third", in: bob.chat)
      #expect(try await bob.texts(ada.chat) == ["first", "second", "third"])
      #expect(Set(try await ada.texts(bob.chat)) == ["first", "second", "third"])
      #expect(try await ada.store.chats.chat(bob.chat)?.unread == 2)
    }
  }

  @Test("A number with two devices: both get the message, and one installed anew as well")
  func twoDevices() async throws {
    try await RelayFixture.run { fixture in
      let (ada, bob) = try await fixture.pair()
      try await bob.write("before", to: ada.chat)
      try await ada.hears("before", in: bob.chat)
      let tablet = try await Tablet(of: ada, fixture)
      try await bob.write("for both", to: ada.chat)
      try await ada.hears("for both", in: bob.chat)
      try await tablet.hears("for both", bob)
      #expect(try await bob.store.secure.devices(of: ada.number) == [1, 2])
      await tablet.stop()

      try await tablet.unlink()
      try await bob.write("for one", to: ada.chat)
      try await ada.hears("for one", in: bob.chat)
      try await bob.sees("for one", .sent, in: ada.chat)
      #expect(try await bob.hub.openSecure().held.book.devices(of: ada.number) == [1])

      let other = try await Tablet(of: ada, fixture)
      try await bob.write("again for both", to: ada.chat)
      try await other.hears("again for both", bob)
      try await ada.hears("again for both", in: bob.chat)
      // The same device id for another installation: 410.
      await other.stop()
      try await other.unlink()
      let third = try await Tablet(of: ada, fixture)
      try await bob.write("and again", to: ada.chat)
      try await third.hears("and again", bob)
      try await ada.hears("and again", in: bob.chat)
      await third.stop()
      #expect(
        try await ada.texts(bob.chat)
          == ["before", "for both", "for one", "again for both", "and again"])
    }
  }
}

/// A further device of somebody's number, made of the protocol's parts alone.
private final class Tablet: Sendable {
  private let store: Store
  private let environment: AccountEnvironment
  private let network: Network
  private let owner: Credentials
  private let url: String
  private let device: UInt32
  private let line: Task<Void, Never>

  init(of person: TextSecurePerson, _ fixture: RelayFixture) async throws {
    let account = try #require(try await person.store.accounts.account(.textsecure))
    let record = try #require(try await person.store.secure.device())
    let phone = try LocalDevice(record, password: account.secret)
    owner = phone.credentials
    url = fixture.relay.url
    network = fixture.network
    let random = SystemRandom()
    let configuration = RelayConfiguration(url: fixture.relay.url)
    func api(_ credentials: Credentials) -> RelayClient {
      RelayClient(
        configuration: configuration, credentials: credentials, network: fixture.network,
        time: fixture.time, random: random)
    }
    let code = try await api(owner).provisioningCode()
    let drawn = try LocalDevice(number: person.number, random: random)
    device = try await api(drawn.credentials).link(code: code, device: drawn)
    let tablet = LocalDevice(
      credentials: Credentials(
        address: DeviceAddress(number: person.number, device: device),
        password: drawn.credentials.password), signalingKey: drawn.signalingKey,
      registrationID: drawn.registrationID, identity: phone.identity)
    store = try .inMemory()
    environment = AccountEnvironment(
      store: store, network: fixture.network, time: fixture.time, random: random)
    let sessions = TextSecureSessionStore(
      environment, records: TextSecureRecords(own: person.number, names: [:], time: fixture.time))
    let calls = api(tablet.credentials)
    let stock = PreKeyStock(
      api: calls, store: sessions, identity: tablet.identity, random: random)
    try await stock.upload()
    let receiver = MessageReceiver(
      api: calls, device: tablet,
      book: SessionBook(device: tablet, store: sessions, random: random), stock: stock)
    line = Task {
      do throws(TextSecureError) {
        try await receiver.run { _ in }
      } catch {
        if error != .cancelled { Issue.record(error) }
      }
    }
  }

  func hears(_ text: String, _ person: TextSecurePerson) async throws {
    _ = try await eventually("tablet: \(text)", after: environment.changes.listen()) { [store] in
      try await store.messages.latest(person.chat, limit: 99).first { $0.text == text }
    }
  }

  func stop() async {
    line.cancel()
    await line.value
  }

  /// Takes it from the number (`DELETE /v1/devices/{id}`).
  func unlink() async throws {
    var request = HTTPRequest(method: "DELETE", url: "\(url)/v1/devices/\(device)")
    request.headers["Authorization"] = owner.authorization.revealed
    #expect(try await network.send(request).isSuccess)
  }
}
