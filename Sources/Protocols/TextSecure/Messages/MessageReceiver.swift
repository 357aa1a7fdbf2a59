import Clocks
import Cryptography
import Transport

/// What the receiving connection tells.
public enum ReceiverEvent: Sendable, Equatable {
  case online
  /// The connection ended; it is opened again after this pause.
  case offline(TextSecureError, retryIn: Duration)
  /// What came together, in its order; stored already.
  case received([ReceivedMessage])
  /// Something came that is no message for us. It was not stored, nor acknowledged.
  case rejected(TextSecureError)
  /// New prekeys could not be uploaded; tried again after the next first message.
  case notRefilled(TextSecureError)
}

/// Takes messages from the relay: envelope, ratchet, store, and only then the acknowledgement.
///
/// What has arrived by the time that the store is free is one batch: stored at once, then acknowledged.
/// A message that comes alone waits for no other.
public struct MessageReceiver: Sendable {
  /// How many messages are stored at once, and may wait while they are: so many that the disk is hardly
  /// waited for, and so few that they take some hundredths of a second.
  static let batch = 512

  private let api: RelayClient
  private let signalingKey: SignalingKey
  private let credentials: Credentials
  private let book: SessionBook
  private let stock: PreKeyStock

  public init(api: RelayClient, device: LocalDevice, book: SessionBook, stock: PreKeyStock) {
    self.api = api
    signalingKey = device.signalingKey
    credentials = device.credentials
    self.book = book
    self.stock = stock
  }

  /// Stays connected until the task is cancelled or only a person can help, which it throws.
  ///
  /// `tell` is called for each event in order; the next message waits for its return.
  public func run(
    _ tell: @Sendable (ReceiverEvent) async -> Void
  ) async throws(TextSecureError) {
    var backoff = Backoff(random: api.random)
    while true {
      do throws(TextSecureError) {
        let line = try await connect()
        await tell(.online)
        do throws(TextSecureError) {
          try await read(line, tell)
        } catch {
          // The relay is well, but what cannot be stored will not be at once.
          if case .store = error {} else { backoff.reset() }
          throw error
        }
      } catch {
        guard error != .cancelled, !error.needsPerson else { throw error }
        let pause = backoff.next()
        await tell(.offline(error, retryIn: pause))
        do { try await api.time.sleep(for: pause) } catch { throw .cancelled }
      }
    }
  }

  /// Decrypts an envelope that came some other way, such as a pasted push notification, and stores
  /// what is in it; nil for one that was read before.
  public func receive(envelope: [UInt8]) async throws(TextSecureError) -> ReceivedMessage? {
    try await book.receive([try IncomingSignal(try signalingKey.open(envelope))]).first
  }

  /// Reads a message that was kept as untrusted, after ``SessionBook/accept(_:of:)``.
  public func receive(signal: [UInt8]) async throws(TextSecureError) -> ReceivedMessage? {
    try await book.receive([try IncomingSignal(signal)]).first
  }

  private func connect() async throws(TextSecureError) -> WebSocketConnection {
    var request = WebSocketRequest(url: api.configuration.webSocketURL(for: credentials))
    request.certificateAuthorityFile = api.configuration.certificateAuthorityFile
    request.limits.messageBytes = SignalingKey.maximumEnvelope * 2
    request.limits.incomingMessages = MessageReceiver.batch
    do {
      return try await api.network.connect(request)
    } catch .upgradeRefused(let status, _) where status == 401 || status == 403 {
      throw .badCredentials
    } catch .badAddress {
      // The address holds the password.
      throw .transport(.badAddress(api.configuration.url))
    } catch .cancelled {
      throw .cancelled
    } catch {
      throw .transport(error)
    }
  }

  private func read(
    _ line: WebSocketConnection, _ tell: @Sendable (ReceiverEvent) async -> Void
  ) async throws(TextSecureError) {
    while true {
      let frames = await line.nextMessages(atMost: MessageReceiver.batch)
      if frames.isEmpty { break }
      var letters: [Letter] = []
      for frame in frames {
        do throws(TextSecureError) {
          if let letter = try letter(in: frame) { letters.append(letter) }
        } catch {
          await tell(.rejected(error))
        }
      }
      do throws(TextSecureError) {
        try await take(letters[...], from: line, tell)
      } catch .store where letters.count > 1 {
        // What one of them cannot be stored for keeps the others from being stored no longer.
        for place in letters.indices { try await take(letters[place...place], from: line, tell) }
      }
    }
    if Task.isCancelled { throw .cancelled }
    let closure = await line.closure
    // What servers of 2014 say to a wrong password, after the upgrade (protocol notes §3.4).
    if case .byPeer(code: 4001, _) = closure { throw .badCredentials }
    throw .transport(.closed(closure))
  }

  /// A message as it lies in a frame, and what is to be sent when it is stored.
  private struct Letter {
    let signal: IncomingSignal
    let acknowledgement: WebSocketMessage
  }

  /// nil for a frame that carries no message.
  private func letter(in frame: WebSocketMessage) throws(TextSecureError) -> Letter? {
    guard let delivery = try Delivery(frame) else { return nil }
    return Letter(
      signal: try IncomingSignal(try signalingKey.open(delivery.envelope)),
      acknowledgement: delivery.acknowledgement)
  }

  /// Stores messages at once, acknowledges them and tells of them.
  private func take(
    _ letters: ArraySlice<Letter>, from line: WebSocketConnection,
    _ tell: @Sendable (ReceiverEvent) async -> Void
  ) async throws(TextSecureError) {
    guard !letters.isEmpty else { return }
    let received = try await book.receive(letters.map(\.signal))
    do { try await line.send(letters.map(\.acknowledgement)) } catch { throw .transport(error) }
    if !received.isEmpty { await tell(.received(received)) }
    if letters.contains(where: { $0.signal.kind == .preKeyBundle }) {
      do { try await stock.refill() } catch { await tell(.notRefilled(error)) }
    }
  }
}
