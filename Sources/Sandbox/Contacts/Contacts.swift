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
  ///   - complain: Told what went wrong with a contact.
  init(
    url: String, certificateAuthorityFile: String?, seed: UInt64, writesFirst: Bool,
    network: Network, time: any TimeSource, complain: @escaping @Sendable (String) -> Void
  ) throws(TextSecureError) {
    var configuration = TextSecure.RelayConfiguration(url: url)
    configuration.certificateAuthorityFile = certificateAuthorityFile
    let files = ContactFiles()
    func correspondent(
      _ contact: SandboxContact, _ chance: Chance
    ) throws(TextSecureError) -> Correspondent {
      try Correspondent(
        contact, configuration, network: network, time: time, random: chance.source(seed: seed),
        files: files)
    }
    echo = Echo(try correspondent(.echo, .echo))
    nadia = Nadia(
      try correspondent(.nadia, .nadia), friends: [SandboxContact.echo.number],
      writesFirst: writesFirst, time: time, random: Chance.nadia.source(seed: ~seed))
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
      group.addTask { await self.register(self.echo.correspondent) }
      group.addTask { await self.register(self.nadia.correspondent) }
    }
    tasks = [
      Task {
        await live(echo.correspondent) { [echo] message throws(TextSecureError) in
          try await echo.hear(message)
        }
      },
      Task { await live(nadia.correspondent) { [nadia] in await nadia.hear($0) } },
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

  private func register(_ correspondent: Correspondent) async {
    let contact = correspondent.contact
    guard let stream = codes[contact.number]?.stream else { return }
    do throws(TextSecureError) {
      try await correspondent.register(stream)
    } catch {
      complain("\(contact.name): \(error.message)")
    }
  }

  private func live(
    _ correspondent: Correspondent,
    _ hear: @escaping @Sendable (ReceivedMessage) async throws(TextSecureError) -> Void
  ) async {
    let (complain, name) = (complain, correspondent.contact.name)
    do throws(TextSecureError) {
      try await correspondent.listen { message in
        do throws(TextSecureError) { try await hear(message) } catch .cancelled {} catch {
          complain("\(name): \(error.message)")
        }
      }
    } catch .cancelled {} catch {
      complain("\(name): \(error.message)")
    }
  }
}
