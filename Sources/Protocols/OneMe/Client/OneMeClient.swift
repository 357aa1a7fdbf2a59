import Clocks
import Cryptography
import JSON
import Transport

/// One connection to a MAX server, greeted and ready to sign in or log in on.
///
/// Requests may run side by side; each has its own time limit. A client lives until its connection ends
/// or `close()` is called, and never reconnects: that is `OneMeSession`. What it can be asked for stands
/// in its extensions, a family of opcodes in each; what it keeps meanwhile is kept by types of its own.
public actor OneMeClient {
  let configuration: OneMeConfiguration
  let time: any TimeSource
  /// Uploads and downloads, which go beside the connection.
  let files: FileTransfer
  /// The events, with the bytes that each came in.
  nonisolated let queue = EventQueue<OneMeEvent>()
  private nonisolated let frames: FrameConnection
  private var pending = PendingRequests()
  private var greeting: ServerGreeting
  private var heartbeat = Heartbeat()
  let uploads = UploadTracker()
  let typing = TypingThrottle()

  /// What the server tells; ends when the connection does. For one reader. While it lags nothing more is
  /// read from the connection; one that lets megabytes pile up and asks for more loses the connection
  /// rather than events.
  public nonisolated var events: AsyncStream<OneMeEvent> { queue.stream }

  /// The server's clock when it accepted the connection, in wall-clock milliseconds.
  public nonisolated var serverDate: Int64? { frames.serverDate }

  /// How long the newest answer to a greeting or ping took.
  public var roundTrip: Duration? { heartbeat.roundTrip }

  /// Whether the text form was refused and the binary one taken.
  public var hasFallenBack: Bool { greeting.isFallback }

  /// Whether the server sends codes to telephones; nil if its greeting did not say.
  public var sendsCodes: Bool? { greeting.sendsCodes }

  /// Why the connection ended; nil while it is open.
  public var ending: OneMeError? { pending.ending }

  /// One attempt to connect and greet.
  static func open(
    _ configuration: OneMeConfiguration, isFallback: Bool = false, network: Network,
    time: any TimeSource
  ) async throws(OneMeError) -> OneMeClient {
    let frames = try await FrameConnection.open(configuration, network: network)
    let client = OneMeClient(configuration, frames, isFallback: isFallback, network, time)
    await client.run()
    do throws(OneMeError) {
      try await client.greet()
    } catch {
      await client.close()
      throw error
    }
    return client
  }

  private init(
    _ configuration: OneMeConfiguration, _ frames: FrameConnection, isFallback: Bool,
    _ network: Network, _ time: any TimeSource
  ) {
    self.configuration = configuration
    self.frames = frames
    greeting = ServerGreeting(isFallback: isFallback)
    self.time = time
    files = FileTransfer(configuration, network)
  }

  deinit { queue.finish() }

  /// Closes the connection; requests that wait fail.
  public func close() async {
    end(.transport(.closed(.byUs(code: 1000))))
    await frames.close()
  }

  // MARK: Requests

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: `refused` for an answer that is a refusal.
  private func request(
    _ opcode: Opcode, _ payload: some Encodable
  ) async throws(OneMeError) -> Frame {
    let key = try pending.reserve(opcode)
    let header = FrameHeader(command: .request, sequence: key.sequence, opcode: opcode)
    let limit = configuration.requestTimeout
    let timeout = Task {
      try await time.sleep(for: limit)
      resolve(key, .failure(.timedOut(opcode)))
    }
    defer { timeout.cancel() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        pending.add(continuation, for: key)
        send(header, payload)
        // The answer has to be read, however much stands before it.
        queue.wakeWriters()
      }
    } onCancel: {
      Task { await resolve(key, .failure(.cancelled)) }
    }
    return try result.get()
  }

  /// Queues a frame. What cannot be sent ends the connection, and with it whoever waits for the answer.
  private func send(_ header: FrameHeader, _ payload: some Encodable) {
    do throws(OneMeError) { try frames.send(header, payload) } catch { end(error) }
  }

  private func resolve(_ key: PendingRequests.Key, _ result: Result<Frame, OneMeError>) {
    pending.take(key)?.resume(returning: result)
  }

  // MARK: Events

  /// - Parameter bytes: of the frame that the event came in.
  private func emit(_ event: OneMeEvent, bytes: Int = 0) {
    if case .uploadReady = event { uploads.noteReady() }
    if !queue.push(event, bytes: bytes) { end(.overwhelmed) }
  }

  // MARK: Life

  /// Starts reading, writing and pinging.
  private func run() {
    Task {
      for await message in frames.messages {
        receive(message)
        // A reader that lags holds the connection up, unless it is an answer that it waits for.
        while ending == nil, pending.isEmpty, let turn = queue.heavyTurn {
          await queue.rest(since: turn)
        }
        if ending != nil { return }
      }
      end(.transport(.closed(await frames.closure)))
    }
    Task { if let error = await frames.write() { end(.transport(error)) } }
    let interval = configuration.pingInterval
    heartbeat.start(
      Task {
        while true {
          try await time.sleep(for: interval)
          try await ping()
        }
      })
  }

  private func receive(_ message: WebSocketMessage) {
    let frame: Frame
    do throws(FrameError) {
      frame = try Frame(message)
    } catch {
      return emit(.unreadable(opcode: nil, reason: error.reason))
    }
    if let waiting = pending.take(answeredBy: frame.header) {
      waiting.resume(returning: frame.refusal.map { .failure(.refused($0)) } ?? .success(frame))
    } else {
      receivePush(frame, bytes: message.byteCount)
    }
  }

  /// Takes a frame that answers no request: what it is about is told by its opcode, since servers
  /// send pushes with `cmd` 0 and the seed's example of one has `cmd` 1.
  private func receivePush(_ push: Frame, bytes: Int) {
    let header = push.header
    switch (header.opcode, header.command) {
    case (_, .error), (_, .notFound): break  // an answer that came after its time limit
    case (.ping, .request): answer(header, [String: String]())
    case (.logOut, .request):
      emit(.signedOut)
      end(.signedOut)
    case (.redirect, _):
      // Both the payload and the host in it are optional, so an unreadable one is as good as none.
      let host = (try? push.payload?.object())?.text("redirectHost")
      emit(.redirected(host: host))
      end(.redirected(host: host))
    default:
      guard let event = PushDecoders.event(of: push) else { return }
      guard case .message(var arrival) = event else { return emit(event, bytes: bytes) }
      arrival.receipt = DeliveryReceipt(header: header, connection: frames.mark)
      emit(.message(arrival), bytes: bytes)
    }
  }

  /// Tells the server that messages are kept here and need not be sent again (MAX protocol notes §2.4).
  ///
  /// Of no effect for those that came on another connection or without a sequence number, for all that
  /// no push brought, where the configuration wants no acknowledgements, and while too much waits to be
  /// sent.
  public func acknowledge(_ arrivals: [MessageArrival]) {
    guard configuration.acknowledgesMessages else { return }
    for arrival in arrivals {
      guard let receipt = arrival.receipt, receipt.connection === frames.mark else { continue }
      // A server that takes nothing for a while sends its messages again: no reason to hang up.
      guard !frames.isHeavy else { return }
      answer(receipt.header, Acknowledgement(arrival))
    }
  }

  /// Answers a request of the server's: as a request of its own it would end the connection (MAX
  /// protocol notes §2.4). Without a sequence number there is nothing to answer.
  private func answer(_ header: FrameHeader, _ payload: some Encodable) {
    guard header.command == .request, header.sequence != nil else { return }
    var header = header
    header.command = .answer
    send(header, payload)
  }

  /// Ends the connection, for the reason that comes first.
  private func end(_ reason: OneMeError) {
    guard let waiting = pending.end(reason) else { return }
    Task { await frames.close() }
    heartbeat.stop()
    frames.finish()
    queue.finish()
    for request in waiting { request.resume(returning: .failure(reason)) }
  }

  private func greet() async throws(OneMeError) {
    let start = time.uptime
    // Nothing in the answer is needed: one that cannot be read says nothing.
    let answer = try await request(.hello, Hello(configuration)).payload
    greeting.sendsCodes = (try? answer?.object())?.flag("phone-auth-enabled")
    heartbeat.roundTrip = time.uptime - start
  }

  private func ping() async throws(OneMeError) {
    let start = time.uptime
    do throws(OneMeError) {
      _ = try await request(.ping, ["interactive": configuration.interactive])
    } catch {
      switch error {
      case .timedOut: return end(error)
      case .refused: break  // Refusing is answering: the connection is alive.
      default: throw error
      }
    }
    let duration = time.uptime - start
    heartbeat.roundTrip = duration
    emit(.roundTrip(duration))
  }
}

/// What the opening of a connection has shown.
private struct ServerGreeting {
  let isFallback: Bool
  var sendsCodes: Bool?
}

/// The pings that go out all the time, and what the newest one showed.
private struct Heartbeat {
  var roundTrip: Duration?
  private var pinger: Task<Void, any Error>?

  mutating func start(_ pinger: Task<Void, any Error>) { self.pinger = pinger }
  func stop() { pinger?.cancel() }
}

private struct Acknowledgement: Encodable {
  var chatId: Int64
  var messageId: MessageID

  init(_ arrival: MessageArrival) {
    chatId = arrival.chatId
    messageId = MessageID(arrival.message.id)
  }
}

// How requests become frames and answers values; every family of opcodes has a file of its own.

extension OneMeClient {
  /// Sends a request and decodes its answer.
  func ask<Answer: WireDecodable>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil
  ) async throws(OneMeError) -> Answer {
    try await ask(opcode, payload, ifEmpty: substitute, reading: Answer.init(from:))
  }

  /// Sends a request and takes what is wanted out of its answer.
  func ask<Answer>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer? = nil,
    _ pick: @escaping (TreeObject) throws -> Answer
  ) async throws(OneMeError) -> Answer {
    try await ask(opcode, payload, ifEmpty: substitute) { try pick($0.object()) }
  }

  /// Sends a request whose answer says no more than that it was taken.
  func tell(_ opcode: Opcode, _ payload: some Encodable) async throws(OneMeError) {
    _ = try await request(opcode, payload)
  }

  private func ask<Answer>(
    _ opcode: Opcode, _ payload: some Encodable, ifEmpty substitute: Answer?,
    reading decode: @escaping (TreeValue) throws -> Answer
  ) async throws(OneMeError) -> Answer {
    let frame = try await request(opcode, payload)
    do {
      if let answer = try frame.payload.map(decode) ?? substitute { return answer }
    } catch {
      throw .malformed(opcode, OneMeError.reason(error))
    }
    throw .malformed(opcode, "it is empty")
  }
}

/// The payload of requests that say nothing.
struct Nothing: Encodable {}
