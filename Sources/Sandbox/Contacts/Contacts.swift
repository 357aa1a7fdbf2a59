import Clocks
import Cryptography
import Relay
import Synchronization
import TextSecure
import Transport

/// The two who live in the sandbox's relay: an echo, and Nadia, who writes first.
actor Contacts {
  static let all = [SandboxContact.echo, .nadia]

  /// Between what Nadia does.
  static let pause: Duration = .milliseconds(1200)

  let echo: Echo
  let nadia: Nadia
  private let codes: [String: (stream: AsyncStream<String>, sink: AsyncStream<String>.Continuation)]
  private let complain: @Sendable (String) -> Void
  private nonisolated let isSettled = Mutex(false)
  private var tasks: [Task<Void, Never>] = []

  /// - Parameters:
  ///   - writesFirst: Whether Nadia greets whoever registers; if not, she waits to be written to.
  ///   - store: Where the sandbox keeps what happened in it; nil in one that forgets.
  ///   - complain: Told what went wrong with a contact.
  init(
    url: String, certificateAuthorityFile: String?, seed: UInt64, writesFirst: Bool,
    store: WorldStore?, network: Network, time: any TimeSource,
    complain: @escaping @Sendable (String) -> Void
  ) throws(TextSecureError) {
    var configuration = RelayConfiguration(url: url)
    configuration.certificateAuthorityFile = certificateAuthorityFile
    let files = ContactFiles()
    func client(
      _ contact: SandboxContact, _ chance: RandomStream
    ) throws(TextSecureError) -> ContactClient {
      try ContactClient(
        contact, configuration, network: network, time: time, random: chance.source(seed: seed),
        files: files)
    }
    echo = Echo(try client(.echo, .echo))
    nadia = Nadia(
      try client(.nadia, .nadia), friends: [SandboxContact.echo.number],
      writesFirst: writesFirst, known: Set(store?.kept[.met].map(\.key) ?? []), time: time,
      random: RandomStream.nadia.source(seed: ~seed)
    ) { store?.keep([KeptRecord(.met, $0, bytes: [])]) }
    codes = Dictionary(
      uniqueKeysWithValues: Contacts.all.map {
        let (stream, sink) = AsyncStream.makeStream(of: String.self)
        return ($0.number, (stream, sink))
      })
    self.complain = complain
  }

  /// Registers both and goes online; who is registered can be found in the directory.
  func start() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.register(self.echo.client) }
      group.addTask { await self.register(self.nadia.client) }
    }
    tasks = [
      Task {
        await live(echo.client) { [echo] message throws(TextSecureError) in
          try await echo.hear(message)
        }
      },
      Task { await live(nadia.client) { [nadia] in await nadia.hear($0) } },
      Task { await nadia.greet(complain: complain) },
    ]
  }

  /// Takes what the relay tells; false if it concerns others too.
  nonisolated func hear(_ event: RelayEvent) -> Bool {
    switch event {
    case .code(let code):
      guard let telephone = codes[code.number] else { return false }
      telephone.sink.yield(code.code)
      return true
    case .joined(let number):
      if codes[number] == nil { nadia.meet(number) }
      return true
    // Their own registration is no news.
    case .request: return !isSettled.withLock { $0 }
    }
  }

  /// Both are there: from now on the relay's requests concern everybody.
  nonisolated func settle() { isSettled.withLock { $0 = true } }

  func stop() async {
    for (_, sink) in codes.values { sink.finish() }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  private func register(_ client: ContactClient) async {
    let contact = client.contact
    guard let stream = codes[contact.number]?.stream else { return }
    do throws(TextSecureError) {
      try await client.register(stream)
    } catch {
      complain("\(contact.name): \(error.message)")
    }
  }

  private func live(
    _ client: ContactClient,
    _ hear: @escaping @Sendable (ReceivedMessage) async throws(TextSecureError) -> Void
  ) async {
    let (complain, name) = (complain, client.contact.name)
    do throws(TextSecureError) {
      try await client.listen { message in
        do throws(TextSecureError) { try await hear(message) } catch .cancelled {} catch {
          complain("\(name): \(error.message)")
        }
      }
    } catch .cancelled {} catch {
      complain("\(name): \(error.message)")
    }
  }
}

/// Wakes the contacts when somebody asks for a code, who may write to them next. Until then they cost
/// nothing.
actor ContactWaker {
  private var contacts: Contacts?
  private var waking: Task<Void, Never>?

  /// From now on a ring wakes these.
  func wake(_ contacts: Contacts) { self.contacts = contacts }

  /// Returns when the contacts can be found in the directory; their own codes wake nobody.
  func ring(for number: String) async {
    guard let contacts, !Contacts.all.contains(where: { $0.number == number }) else { return }
    let waking = self.waking ?? Task { await contacts.start() }
    self.waking = waking
    await waking.value
  }
}

/// Somebody who lives in the sandbox's relay and can be written to.
public struct SandboxContact: Sendable, Equatable, Encodable {
  /// E.164, among the numbers that no telephone has.
  public let number: String
  /// For a person to read.
  public let name: String

  /// Answers every text with the same text and every attachment with the same attachment.
  public static let echo = SandboxContact(number: "+14155550199", name: "Echo")
  /// Writes first: a greeting, a picture and an invitation to a group.
  public static let nadia = SandboxContact(number: "+14155550188", name: "Nadia")
}
