import Axolotl
import Clocks
import Cryptography
import TestSupport
import Testing
import Transport

@testable import TextSecure

/// A client with everything it is made of.
final class Client: Sendable {
  let device: LocalDevice
  let store = MemoryStore()
  let api: RelayClient
  let book: SessionBook
  let stock: PreKeyStock
  let sender: MessageSender
  let receiver: MessageReceiver
  let time = ManualTime()
  let events: AsyncStream<ReceiverEvent>
  private let sink: AsyncStream<ReceiverEvent>.Continuation

  var number: String { device.credentials.address.number }

  convenience init(
    _ number: String, url: String, network: Network, seed: UInt64, timeout: Duration = .seconds(30)
  ) throws {
    let random = SeededRandom(seed: seed)
    self.init(
      try LocalDevice(number: number, random: random), url: url, network: network, random: random,
      timeout: timeout)
  }

  init(
    _ device: LocalDevice, url: String, network: Network, random: SeededRandom,
    timeout: Duration = .seconds(30)
  ) {
    self.device = device
    var configuration = RelayConfiguration(url: url)
    configuration.timeout = timeout
    api = RelayClient(
      configuration: configuration, credentials: device.credentials, network: network, time: time,
      random: random)
    book = SessionBook(device: device, store: store, random: random)
    stock = PreKeyStock(api: api, store: store, identity: device.identity, random: random)
    sender = MessageSender(api: api, book: book, time: time)
    receiver = MessageReceiver(api: api, device: device, book: book, stock: stock)
    (events, sink) = AsyncStream.makeStream()
  }

  func register() async throws {
    try await api.requestCode(for: number, by: .sms)
    try await api.verify(code: "123-456", device: device)
    try await stock.upload()
  }

  /// Goes online; the task ends when it is cancelled.
  func listen() -> Task<Void, Never> {
    Task { [receiver, sink] in
      do throws(TextSecureError) {
        try await receiver.run { event in
          guard case .received(let messages) = event else {
            sink.yield(event)
            return
          }
          // Tests ask for one after the other.
          for message in messages { sink.yield(.received([message])) }
        }
      } catch {
        // Who went offline may come back.
        if error != .cancelled { sink.finish() }
      }
    }
  }

  /// Goes online, does `body` and goes offline again.
  func online<Value>(_ body: () async throws -> Value) async throws -> Value {
    let line = listen()
    defer { line.cancel() }
    try await next("online") { $0 == .online ? () : nil }
    return try await body()
  }

  /// The first event from now on that `look` makes something of.
  func next<Value: Sendable>(
    _ what: String, _ look: @escaping @Sendable (ReceiverEvent) -> Value?
  ) async throws -> Value {
    let events = events
    return try await withDeadline(
      Patience.span, time: SystemTime(), error: Missed(what) as any Error
    ) {
      for await event in events { if let found = look(event) { return found } }
      throw Missed(what)
    }
  }

  func outcome() async throws -> ReceivedMessage.Outcome {
    try await next("a message") {
      if case .received(let messages) = $0 { messages[0].outcome } else { nil }
    }
  }

  /// Goes online for the next `count` texts.
  func texts(_ count: Int) async throws -> [String?] {
    try await online {
      var texts: [String?] = []
      for _ in 0..<count { texts.append(try await text()) }
      return texts
    }
  }

  func text() async throws -> String? {
    if case .content(let content) = try await outcome() { content.body } else { nil }
  }
}

/// Two registered clients that are online at one small relay.
func withTwoClients(
  isBinary: Bool = false,
  _ body: (SmallRelay, Client, Client) async throws -> Void
) async throws {
  let relay = SmallRelay(isBinary: isBinary)
  let network = Network()
  let server = try HTTPServer(HTTPServer.Configuration(), network: network) {
    await relay.answer($0)
  }
  let url = "http://127.0.0.1:\(server.port)/"
  let alice = try Client("+14155550101", url: url, network: network, seed: 1)
  let bob = try Client("+14155550102", url: url, network: network, seed: 2)
  for client in [alice, bob] { try await client.register() }
  let lines = [alice.listen(), bob.listen()]
  for client in [alice, bob] {
    try await client.next("online") { $0 == .online ? () : nil }
  }
  do { try await body(relay, alice, bob) } catch {
    for line in lines { line.cancel() }
    await server.stop()
    throw error
  }
  for line in lines { line.cancel() }
  await server.stop()
}
