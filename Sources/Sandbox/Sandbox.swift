import Clocks
import Cryptography
import Database
import Relay
import TextSecure
import Transport

/// MAX and trading servers and a TextSecure relay on this machine's loopback, for trying, demonstrating and testing.
///
/// They do what the three documents say and check all that the documents ask for. They share no code
/// with the clients: a mistake made there is refused here.
public final class Sandbox: Sendable {
  /// Where to connect.
  public let endpoints: SandboxEndpoints
  /// What happens, `listening` first. One reader; the newest 4096 events wait for it.
  public var events: AsyncStream<SandboxEvent> { log.stream }

  private let log: EventLog
  let max: MaxServer
  private let trading: TradingServer
  private let relay: RelayServer
  let contacts: Contacts
  private let store: WorldStore?
  private let relayTask: Task<Void, Never>
  private let listeners: [HTTPServer]

  /// Starts the servers and returns when they accept connections.
  public static func start(
    _ options: SandboxOptions, network: Network, time: any TimeSource
  ) async throws(SandboxError) -> Sandbox {
    let identity = try Sandbox.identity(options)
    let store = try await Sandbox.store(options, time: time)
    let doorbell = ContactWaker()
    let relay = try await Sandbox.relay(
      options, identity?.tls, doorbell, run: store?.run ?? 0, network: network, time: time)
    let sandbox: Sandbox
    do throws(SandboxError) {
      sandbox = try Sandbox(options, identity, relay, store, network: network, time: time)
    } catch {
      await relay.stop()
      await store?.close()
      throw error
    }
    if options.relayDirectory == nil {
      await doorbell.wake(sandbox.contacts)
    } else {
      // People who have registered before come without asking for a code.
      await sandbox.contacts.start()
    }
    await sandbox.max.start(
      host: "127.0.0.1:\(sandbox.listeners[0].port)", isSecure: options.tls)
    await sandbox.trading.start()
    sandbox.log.report(.listening(sandbox.endpoints))
    sandbox.contacts.settle()
    return sandbox
  }

  private init(
    _ options: SandboxOptions, _ identity: (tls: TLSIdentity, authority: String)?,
    _ relay: RelayServer, _ store: WorldStore?, network: Network, time: any TimeSource
  ) throws(SandboxError) {
    self.store = store
    let (key, secret) = TradingServer.credentials(seed: options.seed)
    let log = EventLog()
    let max = MaxServer(
      options: options,
      reachability: try ReachabilityServers(
        portBase: options.portBase, seed: options.seed, faults: options.faults, time: time),
      events: log, time: time, store: store)
    let trading = TradingServer(
      options: options, key: key, secret: secret, events: log, time: time, store: store)

    let base = options.portBase
    let maxListener = try Sandbox.listen(on: base, identity?.tls, network) { await max.answer($0) }
    let tradingListener = try Sandbox.listen(
      on: base == 0 ? 0 : base &+ 1, identity?.tls, network,
      webSocketLimits: TradingServer.listening.webSocketLimits
    ) { await trading.answer($0) }

    let scheme = options.tls ? "wss" : "ws"
    endpoints = SandboxEndpoints(
      maxURL: "\(scheme)://127.0.0.1:\(maxListener.port)\(MaxServer.path)",
      maxBinaryURL: "\(scheme)://127.0.0.1:\(maxListener.port)\(MaxServer.binaryPath)",
      tradingURL: "\(scheme)://127.0.0.1:\(tradingListener.port)\(TradingServer.path)",
      textsecureURL: relay.url, textsecureContacts: Contacts.all,
      certificateAuthorityFile: identity?.authority, tradingKey: key,
      tradingSecret: secret,
      numbers: SandboxEndpoints.Numbers())
    self.log = log
    self.max = max
    self.trading = trading
    self.relay = relay
    listeners = [maxListener, tradingListener]
    let contacts: Contacts
    do throws(TextSecureError) {
      contacts = try Contacts(
        url: relay.url, certificateAuthorityFile: identity?.authority, seed: options.seed,
        writesFirst: ![.quiet, .tour].contains(options.scenario), store: store,
        network: network, time: time
      ) { log.report(.refused(.textsecure, connection: 0, error: $0)) }
    } catch {
      throw .contacts(error.message)
    }
    self.contacts = contacts
    relayTask = Task {
      for await event in relay.events where !contacts.hear(event) {
        if let event = SandboxEvent(event) { log.report(event) }
      }
    }
  }

  /// What the servers show over TLS, and the file that clients must trust for it.
  private static func identity(
    _ options: SandboxOptions
  ) throws(SandboxError) -> (tls: TLSIdentity, authority: String)? {
    guard options.tls else { return nil }
    guard let directory = options.certificateDirectory else {
      throw .certificate("no directory was given for it")
    }
    // Clients check it by the machine's own clock, whatever the servers go by.
    let made = try LoopbackCertificate.make(wallTime: SystemTime().wallTime)
    return (made, try LoopbackCertificate.publish(made, in: directory))
  }

  private static func store(
    _ options: SandboxOptions, time: any TimeSource
  ) async throws(SandboxError) -> WorldStore? {
    guard let directory = options.worldDirectory else { return nil }
    do throws(DatabaseError) {
      return try await WorldStore.open(in: directory, at: options.epoch ?? time.wallTime)
    } catch {
      throw .world(error)
    }
  }

  private static func relay(
    _ options: SandboxOptions, _ identity: TLSIdentity?, _ doorbell: ContactWaker, run: UInt64,
    network: Network, time: any TimeSource
  ) async throws(SandboxError) -> RelayServer {
    var configuration = RelayServerConfiguration()
    configuration.deliver = { code in
      await doorbell.ring(for: code.number)
      return true
    }
    configuration.port = options.portBase == 0 ? 0 : options.portBase &+ 2
    configuration.tls = identity
    configuration.attachmentSpace = 512 << 20
    // A burst of some hundred messages, or one account made again and again, is what one tries here.
    configuration.rateFactor = 50
    configuration.dataDirectory = options.relayDirectory
    func start() async throws(RelayError) -> RelayServer {
      try await RelayServer.start(
        configuration, network: network, time: time,
        random: RandomStream.relay.source(seed: options.seed, run: run))
    }
    do throws(RelayError) {
      do throws(RelayError) { return try await start() } catch .inUse {
        configuration.dataDirectory = nil
        return try await start()
      }
    } catch .cannotListen(let error) where configuration.port != 0 {
      throw .cannotListen(configuration.port, error)
    } catch {
      throw .relay(error)
    }
  }

  private static func listen(
    on port: UInt16, _ identity: TLSIdentity?, _ network: Network,
    webSocketLimits: WebSocketLimits = WebSocketLimits(),
    _ answer: @escaping @Sendable (HTTPServer.Request) async -> HTTPServer.Reply
  ) throws(SandboxError) -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    configuration.port = port
    configuration.tls = identity
    configuration.webSocketLimits = webSocketLimits
    // Files are uploaded in one piece.
    configuration.requestBytes = 64 << 20
    do {
      return try HTTPServer(configuration, network: network, answer: answer)
    } catch {
      throw port == 0 ? .transport(error) : .cannotListen(port, error)
    }
  }

  /// Closes every connection (1001), ends `events` and forgets what is not kept.
  public func stop() async {
    await max.stop()
    await trading.stop()
    await contacts.stop()
    await relay.stop()
    await relayTask.value
    for listener in listeners { await listener.stop() }
    await store?.close()
    log.finish()
  }
}

/// What a test or a demonstration does in the place of people and of the network.
extension Sandbox {
  /// Lets the account of `number` in with a QR code that a client shows; false if the link is unknown
  /// or expired, or nobody has the number.
  @discardableResult
  public func approveQR(_ link: String, by number: String) async -> Bool {
    await max.approveQR(link, by: number)
  }

  /// Breaks every MAX connection and lets nobody in, until it is called with true. What people write
  /// meanwhile is in the history afterwards.
  public func setMaxReachable(_ isReachable: Bool) async { await max.setReachable(isReachable) }

  /// Lets the person with one number write to the dialog with the person with another; false if there
  /// is no such person.
  @discardableResult
  public func write(_ text: String, from sender: String, to receiver: String) async -> Bool {
    await max.write(text, from: sender, to: receiver)
  }

  /// Lets the person with one number call the account of another; returns the conversation's id, nil
  /// if there is no such person.
  @discardableResult
  public func call(_ receiver: String, from caller: String, isVideo: Bool = false) async -> String?
  {
    await max.call(receiver, from: caller, isVideo: isVideo)
  }
}

extension MaxServer {
  private func person(_ number: String) -> Int64? {
    Int64(number.drop { $0 == "+" }).flatMap { state.world.person(phone: $0) }?.id
  }

  func approveQR(_ link: String, by number: String) -> Bool {
    guard let account = person(number) else { return false }
    do {
      try approveQR(link: link, by: account)
      return true
    } catch {
      return false
    }
  }

  func write(_ text: String, from sender: String, to receiver: String) -> Bool {
    guard let sender = person(sender), let receiver = person(receiver) else { return false }
    speak(text, from: sender, toDialogWith: receiver)
    return true
  }

  func call(_ receiver: String, from caller: String, isVideo: Bool) -> String? {
    guard let receiver = person(receiver), let caller = person(caller) else { return nil }
    return call(receiver, from: caller, isVideo: isVideo, at: time.uptime)
  }
}
