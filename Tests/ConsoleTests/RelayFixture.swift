import Clocks
import Cryptography
import Domain
import Relay
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import TextSecureService

/// A relay on loopback and people who write through it, each with a store in a folder of their own.
final class RelayFixture: Sendable {
  let time: any TimeSource
  let network = Network()
  let scratch: ScratchDirectory
  let relay: RelayServer
  private let codes: Codes
  private let people = Mutex<[TextSecurePerson]>([])
  private let fronts = Mutex<[RelayFront]>([])

  private final class Codes: Sendable {
    let sent = Mutex<[String: String]>([:])
  }

  private init(_ time: any TimeSource) async throws {
    self.time = time
    scratch = try ScratchDirectory()
    let codes = Codes()
    var configuration = RelayServerConfiguration()
    configuration.rateFactor = 100
    configuration.deliver = { code in
      codes.sent.withLock { $0[code.number] = code.code }
      return true
    }
    self.codes = codes
    relay = try await RelayServer.start(configuration, network: network, time: time)
  }

  /// Runs `body` on a new fixture and clears it away, whatever happens.
  static func run(
    time: any TimeSource = SystemTime(), isolation: isolated (any Actor)? = #isolation,
    _ body: (RelayFixture) async throws -> Void
  ) async throws {
    let fixture = try await RelayFixture(time)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(fixture))
    } catch {
      outcome = .failure(error)
    }
    for person in fixture.people.withLock({ $0 }) { await person.close() }
    for front in fixture.fronts.withLock({ $0 }) { await front.stop() }
    await fixture.relay.stop()
    try outcome.get()
  }

  /// The code that was sent to a number last.
  func code(for number: String) throws -> String {
    try #require(codes.sent.withLock { $0[number] })
  }

  /// Something that stands before the relay and treats requests as `treat` says.
  func front(
    _ treat: @escaping @Sendable (HTTPServer.Request) -> RelayFront.Treatment = { _ in .pass }
  ) throws -> RelayFront {
    let front = try RelayFront(before: relay.url, network: network, treat)
    fronts.withLock { $0.append(front) }
    return front
  }

  /// A person with an empty store who is not registered.
  ///
  /// - Parameters:
  ///   - url: where they reach the relay; nil for the relay itself.
  ///   - time: their clock; nil for the fixture's.
  func stranger(
    _ name: String, _ number: String, url: String? = nil, time: (any TimeSource)? = nil
  ) throws -> TextSecurePerson {
    let person = try TextSecurePerson(
      name: name, number: number, fixture: self, url: url ?? relay.url, time: time ?? self.time)
    people.withLock { $0.append(person) }
    return person
  }

  /// A registered person who is online.
  func person(
    _ name: String, _ number: String, url: String? = nil, time: (any TimeSource)? = nil
  ) async throws -> TextSecurePerson {
    let person = try stranger(name, number, url: url, time: time)
    try await person.register()
    return person
  }

  /// Ada and Bob, who know each other.
  func pair(adaAt url: String? = nil) async throws -> (TextSecurePerson, TextSecurePerson) {
    let ada = try await person("Ada", "+14155550100", url: url)
    let bob = try await person("Bob", "+14155550101")
    try await ada.add(bob)
    try await bob.add(ada)
    return (ada, bob)
  }
}

/// Somebody with a profile: hubs come and go on it as the program is started and ended.
final class TextSecurePerson: Sendable {
  let name: String
  let number: String
  let time: any TimeSource
  let directory: String
  private let url: String
  private let network: Network
  private let code: @Sendable (String) throws -> String
  private let current: Mutex<AccountHub>

  init(
    name: String, number: String, fixture: RelayFixture, url: String, time: any TimeSource
  ) throws {
    (self.name, self.number, self.url, self.time) = (name, number, url, time)
    network = fixture.network
    code = { [weak fixture] in try #require(fixture).code(for: $0) }
    // One may come back with nothing of what one had.
    directory = fixture.scratch.file("\(name)-\(SystemRandom().hexadecimal(4))")
    current = Mutex(
      try TextSecurePerson.hub(
        directory, isShortLived: false, timeout: .seconds(20), network: network, time: time))
  }

  var hub: AccountHub { current.withLock { $0 } }
  var store: Store { hub.environment.store }
  /// Of the dialog with this person.
  var chat: ChatID { TextSecureRecords.key(number) }
  var spool: String { "\(directory)/spool" }

  private static func hub(
    _ directory: String, isShortLived: Bool, timeout: Duration, network: Network,
    time: any TimeSource
  ) throws -> AccountHub {
    let profile = Profile(directory: directory)
    try profile.prepare()
    var settings = HubSettings()
    settings.dataDirectory = directory
    settings.isShortLived = isShortLived
    settings.timeout = timeout
    return AccountHub(
      environment: AccountEnvironment(
        store: try Store(profile), network: network, time: time, random: SystemRandom()),
      settings: settings, services: .all)
  }

  /// A new run of the program on the same profile, not connected before something needs it.
  @discardableResult
  func restart(
    isShortLived: Bool = false, timeout: Duration = .seconds(20)
  ) async throws -> AccountHub {
    await close()
    let hub = try TextSecurePerson.hub(
      directory, isShortLived: isShortLived, timeout: timeout, network: network, time: time)
    current.withLock { $0 = hub }
    return hub
  }

  /// Ends the program.
  func close() async { await hub.close() }

  @discardableResult
  func register(voice: Bool = false) async throws -> LoginOutput {
    let asked = try await hub.only(
      SignIn.toTextSecure(number: number, voice: voice, url: url))
    #expect(asked.next == .code)
    let done = try await hub.only(EnterCode(service: .textsecure, code: try code(number)))
    return try #require(done.login)
  }

  func add(_ other: TextSecurePerson) async throws {
    let line = try await hub.only(AddContacts(numbers: [other.number], name: other.name))
    #expect(line.registered == true)
  }

  /// Writes a message and leaves it to the outbox.
  @discardableResult
  func write(
    _ text: String, to chat: ChatID, attachments: [String] = []
  ) async throws -> SentOutput {
    try await hub.only(SendMessage(chat: chat, text: text, attachments: attachments))
  }

  /// What stands in a chat, oldest first.
  func lines(_ chat: ChatID) async throws -> [MessageRecord] {
    try await store.messages.latest(chat, limit: 5000)
  }

  /// What was written in a chat, by whomever, without the lines of the system.
  func texts(_ chat: ChatID) async throws -> [String] {
    try await lines(chat).filter { $0.kind == .text }.map(\.text)
  }

  /// Waits until a chat shows a line of which this is true; returns it.
  @discardableResult
  func line(
    in chat: ChatID, _ what: String, _ condition: @escaping @Sendable (MessageRecord) -> Bool
  ) async throws -> MessageRecord {
    try await hub.eventually("\(name): \(what)") {
      try await self.lines(chat).last(where: condition)
    }
  }

  /// Waits until a chat shows this text; returns its line.
  @discardableResult
  func hears(_ text: String, in chat: ChatID) async throws -> MessageRecord {
    try await line(in: chat, text) { $0.text == text }
  }

  /// Waits until the last message of this text has come as far as this.
  @discardableResult
  func sees(
    _ text: String, _ status: MessageRecord.Status, in chat: ChatID
  ) async throws -> MessageRecord {
    try await line(in: chat, "\(text) \(status)") { $0.text == text && $0.status == status }
  }

  func identity(_ other: TextSecurePerson) async throws -> IdentityOutput {
    try await hub.only(ShowIdentities(number: other.number))
  }
}
