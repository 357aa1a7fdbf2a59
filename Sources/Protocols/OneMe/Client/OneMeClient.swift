import Clocks
import Cryptography
import Transport

/// One connection to a MAX server, greeted and ready to sign in or log in on.
///
/// Requests may run side by side; each has its own time limit. A client lives until its line ends or
/// `close()` is called, and never reconnects: that is `OneMeSession`.
public actor OneMeClient {
  /// What the server tells; ends when the line does. For one reader. While it lags nothing more is
  /// read from the line; one that lets megabytes pile up and asks for more loses the line rather than
  /// events.
  public nonisolated var events: AsyncStream<OneMeEvent> { queue.stream }

  /// The server's clock when it accepted the connection, in wall-clock milliseconds.
  public nonisolated let serverDate: Int64?

  /// How long the newest answer to a greeting or ping took.
  public private(set) var roundTrip: Duration?

  /// Whether the text form was refused and the binary one taken.
  public private(set) var hasFallenBack = false

  /// Whether the server sends codes to telephones; nil if its greeting did not say.
  public private(set) var sendsCodes: Bool?

  /// Why the line ended; nil while it is open.
  public private(set) var ending: OneMeError?

  let configuration: OneMeConfiguration
  let codec: any FrameCodec
  let time: any TimeSource
  /// For uploads and downloads, which go beside the line.
  let network: Network
  private(set) var uploads = UploadTracker()
  private var typing = TypingThrottle()
  private let connection: WebSocketConnection
  /// The events, with the bytes that each came in.
  nonisolated let queue = EventQueue<OneMeEvent>()
  private let outbox: AsyncStream<WebSocketMessage>.Continuation
  private let outgoing: AsyncStream<WebSocketMessage>
  private var pending = PendingRequests()
  private var pinger: Task<Void, any Error>?

  /// One attempt to connect and greet.
  static func open(
    _ configuration: OneMeConfiguration, network: Network, time: any TimeSource
  ) async throws(OneMeError) -> OneMeClient {
    var request = WebSocketRequest(url: configuration.url)
    request.headers = ["Origin": configuration.origin, "User-Agent": configuration.userAgent]
    request.limits = configuration.limits
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    let connection: WebSocketConnection
    do throws(TransportError) {
      connection = try await network.connect(request)
    } catch {
      throw .transport(error)
    }
    let client = OneMeClient(configuration, connection, network, time)
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
    _ configuration: OneMeConfiguration, _ connection: WebSocketConnection, _ network: Network,
    _ time: any TimeSource
  ) {
    self.network = network
    self.configuration = configuration
    self.connection = connection
    self.time = time
    codec = configuration.frameCodec
    serverDate = connection.responseHeaders.date
    (outgoing, outbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1024))
  }

  deinit { queue.finish() }

  /// Closes the line; requests that wait fail.
  public func close() async {
    end(.transport(.closed(.byUs(code: 1000))))
    await connection.close()
  }

  /// Sends a request and waits for its answer.
  func request(_ opcode: Opcode, _ payload: some Encodable) async throws(OneMeError) -> Frame {
    if let ending { throw ending }
    let key = try pending.reserve(opcode)
    let header = FrameHeader(command: .request, sequence: key.sequence, opcode: opcode)
    let limit = configuration.requestTimeout
    let timeout = Task {
      try await time.sleep(for: limit)
      resolve(key, .failure(.timedOut(opcode)))
    }
    defer { timeout.cancel() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        pending.add(waiter, for: key)
        send(header, payload)
        // The answer has to be read, however much stands before it.
        queue.wakeWriters()
      }
    } onCancel: {
      Task { await resolve(key, .failure(.cancelled)) }
    }
    return try result.get()
  }

  /// Queues a frame. What cannot be sent ends the line, and with it whoever waits for the answer.
  func send(_ header: FrameHeader, _ payload: some Encodable) {
    do {
      let message = try codec.encode(header, payload: payload)
      if case .dropped = outbox.yield(message) { end(.overwhelmed) }
    } catch {
      end(.malformed(header.opcode, "the request has no form on the wire"))
    }
  }

  /// - Parameter bytes: of the frame that the event came in.
  func emit(_ event: OneMeEvent, bytes: Int = 0) {
    if case .uploadReady = event { uploads.noteReady() }
    if !queue.push(event, bytes: bytes) { end(.overwhelmed) }
  }

  /// Waits until more than `seen` uploads are processed, or for `duration`.
  func untilUploadReady(after seen: Int, atMost duration: Duration) async throws(OneMeError) {
    if let ending { throw ending }
    guard uploads.ready == seen else { return }
    let pause = Pause(duration, time: time)
    let number = uploads.add(pause)
    await pause.finish()
    uploads.remove(number)
    if Task.isCancelled { throw .cancelled }
  }

  /// Whether it is time to tell a chat again that something is being written there.
  func mayTellTyping(in chat: Int64) -> Bool { typing.mayTell(chat, at: time.uptime) }

  /// Ends the line, for the reason that comes first.
  func end(_ reason: OneMeError) {
    guard ending == nil else { return }
    ending = reason
    Task { await connection.close() }
    pinger?.cancel()
    outbox.finish()
    queue.finish()
    for waiter in pending.takeAll() { waiter.resume(returning: .failure(reason)) }
  }

  private func resolve(_ key: PendingRequests.Key, _ result: Result<Frame, OneMeError>) {
    pending.take(key)?.resume(returning: result)
  }

  /// Starts reading, writing and pinging.
  private func run() {
    Task {
      for await message in connection.messages {
        receive(message)
        // A reader that lags holds the line up, unless it is an answer that it waits for.
        while ending == nil, pending.isEmpty, let turn = queue.heavyTurn {
          await queue.rest(since: turn)
        }
        if ending != nil { return }
      }
      end(.transport(.closed(await connection.closure)))
    }
    Task {
      for await message in outgoing {
        do throws(TransportError) {
          try await connection.send(message)
        } catch {
          end(.transport(error))
        }
      }
    }
    let interval = configuration.pingInterval
    pinger = Task {
      while true {
        try await time.sleep(for: interval)
        try await ping()
      }
    }
  }

  private func receive(_ message: WebSocketMessage) {
    let frame: Frame
    do throws(FrameError) {
      frame = try Frame(message)
    } catch {
      return emit(.unreadable(opcode: nil, reason: error.reason))
    }
    let header = frame.header
    if header.command != .request, let sequence = header.sequence,
      let waiter = pending.take(.init(sequence: sequence, opcode: header.opcode))
    {
      waiter.resume(returning: frame.refusal.map { .failure(.refused($0)) } ?? .success(frame))
    } else {
      receivePush(frame, bytes: message.byteCount)
    }
  }

  func noteFallback() { hasFallenBack = true }

  private func greet() async throws(OneMeError) {
    let start = time.uptime
    let answer = try await request(.hello, Hello(configuration))
    // Nothing in the answer is needed: one that cannot be read says nothing.
    sendsCodes = (try? answer.payload { try $0.object().flag("phone-auth-enabled") }) ?? nil
    roundTrip = time.uptime - start
  }

  private func ping() async throws(OneMeError) {
    let start = time.uptime
    do throws(OneMeError) {
      _ = try await request(.ping, ["interactive": configuration.interactive])
    } catch {
      switch error {
      case .timedOut: return end(error)
      case .refused: break  // Refusing is answering: the line is alive.
      default: throw error
      }
    }
    let duration = time.uptime - start
    roundTrip = duration
    emit(.roundTrip(duration))
  }
}
