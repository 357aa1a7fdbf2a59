import Clocks
import Cryptography
import JSON
import Transport

/// The signaling connection of a call ("ws2"), open while it rings and without accepting it: the
/// caller's giving up is heard here at once, and the call can be declined (MAX protocol notes §5.1
/// and §5.2).
public actor CallSignaling {
  /// What is told on the connection; ends with `ended` or `lost`. For one reader.
  public nonisolated let events: AsyncStream<CallSignalingEvent>

  /// Silence on the connection that its server allows is 120 seconds; it pings more often than
  /// that.
  static let patience: Duration = .seconds(150)

  private let connection: WebSocketConnection
  private let time: any TimeSource
  private let answerLimit: Duration
  private let sink: AsyncStream<CallSignalingEvent>.Continuation
  /// The last event, once there is one.
  private var ending: CallSignalingEvent?
  private var hasJoined = false
  private var commands = PendingCommands()
  private var watchdog: Task<Void, Never>?

  /// Connects to the call's server; the room is told as an event.
  ///
  /// - Throws: `malformed` if the configuration does not say as whom, `transport`.
  public static func connect(
    to call: CallConfiguration, conversationId: String, configuration: OneMeConfiguration,
    network: Network, time: any TimeSource
  ) async throws(OneMeError) -> CallSignaling {
    let address = try SignalingAddress(call, conversationId: conversationId)
    let isPlain = address.url.lowercased().hasPrefix("ws://")
    // A server must not make this client speak to this machine.
    guard !isPlain || configuration.url.lowercased().hasPrefix("ws://") else {
      throw .transport(.insecure("the call server"))
    }
    var request = WebSocketRequest(url: address.url)
    request.headers = ["Origin": configuration.origin, "User-Agent": configuration.userAgent]
    request.limits.messageBytes = 256 << 10
    request.limits.pingInterval = nil
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    let connection: WebSocketConnection
    do throws(TransportError) {
      connection = try await network.connect(request)
    } catch {
      throw error == .cancelled ? .cancelled : .transport(error.withoutAddress)
    }
    let signaling = CallSignaling(connection, time, answerLimit: configuration.requestTimeout)
    await signaling.run()
    return signaling
  }

  private init(
    _ connection: WebSocketConnection, _ time: any TimeSource, answerLimit: Duration
  ) {
    self.connection = connection
    self.time = time
    self.answerLimit = answerLimit
    (events, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
  }

  /// Ends the call for all of the account's devices and closes the connection. Returns when the
  /// server has confirmed it, or ended the connection after it was told.
  ///
  /// - Throws: `refused`, `timedOut`, or why the connection was lost before anything could be said.
  public func hangUp(_ reason: HangUpReason = .rejected) async throws(OneMeError) {
    if !hasJoined { try await wait(for: 0) }
    if try isOver { return }
    let command = HangUpCommand(reason: reason.rawValue, sequence: commands.next())
    let text = command.text
    do throws(TransportError) {
      try await connection.send(.text(text))
    } catch {
      throw .transport(error)
    }
    do throws(OneMeError) {
      try await wait(for: command.sequence)
    } catch {
      guard case .transport(.closed) = error else { throw error }
    }
    end(.ended(CallEnding(reason: reason.rawValue)))
    await connection.close()
  }

  /// Closes the connection and says nothing: the call goes on ringing elsewhere.
  public func close() async {
    end(.lost(.transport(.closed(.byUs(code: 1000)))))
    await connection.close()
  }

  private func run() {
    restartWatchdog()
    Task {
      for await message in connection.messages {
        receive(message)
        if ending != nil { break }
      }
      end(.lost(.transport(.closed(await connection.closure))))
    }
  }

  private func receive(_ message: WebSocketMessage) {
    restartWatchdog()
    // Pings come as text; some servers send them in a binary message.
    let text =
      switch message {
      case .text(let text): text
      case .binary(let bytes): String(decoding: bytes, as: UTF8.self)
      }
    if text == "ping" { return pong() }
    let frame: SignalingFrame
    do {
      frame = try SignalingFrame(from: JSONReader.read(text).root)
    } catch {
      sink.yield(.unreadable(OneMeError.reason(error)))
      return
    }
    switch frame {
    case .joined(let room):
      hasJoined = true
      sink.yield(.joined(room))
      commands.resolve(0, .success(()))
    case .response(let sequence): commands.answer(sequence, .success(()))
    case .refusal(let refusal, let sequence): refused(refusal, sequence)
    case .ended(let ending): end(.ended(ending))
    case .notification(let name): sink.yield(.notification(name))
    case .unknown: break
    }
  }

  /// An error without a number concerns the connection: nothing more is to be expected of it.
  private func refused(_ refusal: OneMeRefusal, _ sequence: Int?) {
    if let sequence {
      commands.answer(sequence, .failure(.refused(refusal)))
    } else {
      end(.lost(.refused(refusal)))
    }
  }

  private func pong() {
    Task {
      // If it cannot be sent, the connection has ended, and its reader says so.
      try? await connection.send(.text("pong"))
    }
  }

  private func wait(for key: Int) async throws(OneMeError) {
    if try isOver { return }
    if let answer = commands.takeAnswer(key) { return try answer.get() }
    let limit = answerLimit
    let timeout = Task {
      try await time.sleep(for: limit)
      resolve(key, .failure(.timedOut(.incomingCall)))
    }
    defer { timeout.cancel() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { commands.wait(for: key, $0) }
    } onCancel: {
      Task { await resolve(key, .failure(.cancelled)) }
    }
    try result.get()
  }

  private func resolve(_ key: Int, _ result: Result<Void, OneMeError>) {
    commands.resolve(key, result)
  }

  /// Whether the call is over, which is what a hang-up wants; throws why the connection was lost
  /// instead.
  private var isOver: Bool {
    get throws(OneMeError) {
      if case .lost(let error) = ending { throw error }
      return ending != nil
    }
  }

  /// Ends the connection, for the reason that comes first. An ended call is what a hang-up wanted.
  private func end(_ event: CallSignalingEvent) {
    guard ending == nil else { return }
    ending = event
    watchdog?.cancel()
    sink.yield(event)
    sink.finish()
    var result: Result<Void, OneMeError> = .success(())
    if case .lost(let error) = event { result = .failure(error) }
    commands.resolveAll(result)
    Task { await connection.close() }
  }

  private func restartWatchdog() {
    watchdog?.cancel()
    watchdog = Task {
      do { try await time.sleep(for: CallSignaling.patience) } catch { return }
      end(.lost(.transport(.timedOut(.pong))))
    }
  }
}

/// Commands that wait for their answers, by number; 0 is the wait for the server's first word.
private struct PendingCommands {
  typealias Continuation = CheckedContinuation<Result<Void, OneMeError>, Never>

  private var lastSequence = 0
  private var waiting: [Int: Continuation] = [:]
  /// Answers that came before anybody waited for them.
  private var answers: [Int: Result<Void, OneMeError>] = [:]

  /// The number of a new command; they count from 1.
  mutating func next() -> Int {
    lastSequence += 1
    return lastSequence
  }

  /// Whoever waits for the same already need not do it twice.
  mutating func wait(for key: Int, _ continuation: Continuation) {
    resolve(key, .failure(.cancelled))
    waiting[key] = continuation
  }

  mutating func takeAnswer(_ key: Int) -> Result<Void, OneMeError>? {
    answers.removeValue(forKey: key)
  }

  mutating func resolve(_ key: Int, _ result: Result<Void, OneMeError>) {
    waiting.removeValue(forKey: key)?.resume(returning: result)
  }

  mutating func resolveAll(_ result: Result<Void, OneMeError>) {
    for key in Array(waiting.keys) { resolve(key, result) }
  }

  /// The server's answer to a command of ours, perhaps before its sender has come to wait for it.
  mutating func answer(_ sequence: Int, _ result: Result<Void, OneMeError>) {
    if waiting[sequence] != nil {
      resolve(sequence, result)
    } else if sequence == lastSequence {
      answers = [sequence: result]
    }
  }
}

/// What is told on a call's signaling connection.
public enum CallSignalingEvent: Sendable, Equatable {
  /// The server's first word: who is in the call.
  case joined(CallRoom)
  /// The call is over; stop ringing.
  case ended(CallEnding)
  /// The connection is gone without a word about the call, or was closed here.
  case lost(OneMeError)
  /// Anything else, by the server's name for it.
  case notification(String)
  /// A frame that could not be read and was passed over. The text is this client's own.
  case unreadable(String)
}

/// How a call ended (MAX protocol notes §5.1, 6).
public struct CallEnding: Sendable, Equatable {
  /// CANCELED by the caller, HUNGUP, REJECTED, ANOTHER_DEVICE, …; nil if the server did not say.
  public var reason: String?

  /// An ending with this reason.
  public init(reason: String?) { self.reason = reason }
}

/// Why this side ends a call (MAX protocol notes §5.2).
public enum HangUpReason: String, Sendable {
  case rejected = "REJECTED"
  case busy = "BUSY"
  case hungUp = "HUNGUP"
}

private struct HangUpCommand {
  var reason: String
  var sequence: Int

  /// Written by hand: the reason is one of ours, and nothing else varies.
  var text: String { #"{"command":"hangup","reason":"\#(reason)","sequence":\#(sequence)}"# }
}

extension TransportError {
  /// The address of a call carries its token: it must not be repeated in a message.
  fileprivate var withoutAddress: TransportError {
    if case .badAddress = self { .badAddress("the call server's") } else { self }
  }
}
