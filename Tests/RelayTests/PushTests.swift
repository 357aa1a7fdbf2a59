import Cryptography
import Synchronization
import TestSupport
import Testing

@testable import Relay

/// Notifications to devices that have registered with APN or GCM.
@Suite struct PushTests {
  private let alice = RelayFixture.alice

  /// What was pushed, and whether that works.
  private final class Service: Sendable {
    private let stream: AsyncStream<PushNotification>
    private let continuation: AsyncStream<PushNotification>.Continuation
    let works = Mutex(true)

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func push(_ notification: PushNotification) -> Bool {
      let works = works.withLock { $0 }
      continuation.yield(notification)
      return works
    }

    func next() async throws -> PushNotification {
      for await notification in stream { return notification }
      throw Missed("a notification")
    }
  }

  private func fixture(_ service: Service, _ dialect: RelayDialect) async throws -> RelayFixture {
    let fixture = try await RelayFixture {
      $0.dialect = dialect
      $0.push = { service.push($0) }
    }
    try await fixture.register(alice, fetches: false)
    return fixture
  }

  private func register(_ kind: String, _ fixture: RelayFixture) async throws {
    let answer = try await fixture.ask(
      "PUT", "/v1/accounts/\(kind)/", as: alice, "{\"\(kind)RegistrationId\":\"the id\"}")
    #expect(answer.status / 100 == 2)
  }

  @Test(arguments: [
    ("apn", RelayDialect.document, "{\"alert\":\"You have a new message!\",\"m\":\"", "\"}"),
    ("apn", .server, "{\"alert\":\"Message!\",\"m\":\"", "\"}"),
    ("gcm", .document, "", ""),
    ("gcm", .server, "{\"type\":\"message\",\"message\":\"", "\"}"),
  ])
  func aNotificationHoldsTheEnvelope(
    _ kind: String, _ dialect: RelayDialect, _ before: String, _ after: String
  ) async throws {
    let service = Service()
    let fixture = try await fixture(service, dialect)
    try await register(kind, fixture)
    #expect(try await fixture.send("x", to: alice, from: alice) / 100 == 2)
    let pushed = try await service.next()
    #expect(pushed.service.rawValue == kind)
    #expect(pushed.id == "the id")
    #expect(pushed.content.hasPrefix(before) && pushed.content.hasSuffix(after))
    let payload = pushed.content.dropFirst(before.count).dropLast(after.count)
    let signal = try RelayFixture.opened(try #require(Base64.decode(payload)))
    #expect(ProtobufFields(signal)?.text(6) == "x")
  }

  @Test func whatCouldNotBePushedWaits() async throws {
    let service = Service()
    let fixture = try await fixture(service, .document)
    try await register("gcm", fixture)
    service.works.withLock { $0 = false }
    _ = try await fixture.send("kept", to: alice, from: alice)
    _ = try await service.next()
    service.works.withLock { $0 = true }
    _ = try await fixture.send("pushed", to: alice, from: alice)
    _ = try await service.next()
    service.works.withLock { $0 = false }
    // Those of one device come one after another: this one begins when that one is done with.
    _ = try await fixture.send("last", to: alice, from: alice)
    _ = try await service.next()
    let line = try await fixture.socket(alice)
    let first = try #require(ProtobufFields(try await line.envelope().signal))
    #expect(first.text(6) == "kept")
    let second = try #require(ProtobufFields(try await line.envelope().signal))
    #expect(second.text(6) == "last")
  }

  @Test func aDeviceOnTheLineIsNotPushed() async throws {
    let service = Service()
    let fixture = try await fixture(service, .document)
    try await register("apn", fixture)
    let line = try await fixture.socket(alice)
    // The line is open when it answers.
    try await line.send("{\"type\":2}")
    _ = try await line.next()
    _ = try await fixture.send("on the line", to: alice, from: alice)
    try await line.acknowledge(try await line.envelope().id)
    await line.connection.close()
    // Whether the relay has noticed by now or not: it is pushed.
    _ = try await fixture.send("pushed", to: alice, from: alice)
    let payload = try await service.next().content.split(separator: "\"").last { $0.count > 40 }
    let signal = try RelayFixture.opened(
      try #require(payload.flatMap { Base64.decode(String($0)) }))
    #expect(ProtobufFields(signal)?.text(6) == "pushed")
  }

  @Test func aDeviceThatDidNotSayIsQueuedForAndPushedOnceItCanBe() async throws {
    let service = Service()
    let fixture = try await RelayFixture { $0.push = { service.push($0) } }
    // Word for word as the document has it: `fetchesMessages` is not there.
    try await fixture.register(alice, fetches: nil)
    for text in ["one", "two"] {
      #expect(try await fixture.send(text, to: alice, from: alice) == 200)
    }
    let line = try await fixture.socket(alice)
    #expect(try await line.envelope().id == 0)
    await line.connection.close()
    try await register("gcm", fixture)
    for _ in 1...2 { _ = try await service.next() }
    // One push at a time for a device: with the third one the first two are delivered and gone.
    #expect(try await fixture.send("three", to: alice, from: alice) == 200)
    _ = try await service.next()
    let waiting = try await fixture.ask("GET", "/v1/messages", as: alice).text
    #expect(waiting.count { $0 == "{" } <= 2)
  }
}
