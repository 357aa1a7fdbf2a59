import Transport

/// A connection on which frames go out in order, in the form that the server speaks.
final class FrameConnection: Sendable {
  /// Beyond so many frames that wait to be sent the connection is given up.
  private static let waitingFrames = 1024

  private let connection: WebSocketConnection
  private let codec: any FrameCodec
  private let outgoing: AsyncStream<WebSocketMessage>
  private let outbox: AsyncStream<WebSocketMessage>.Continuation

  static func open(
    _ configuration: OneMeConfiguration, network: Network
  ) async throws(OneMeError) -> FrameConnection {
    var request = WebSocketRequest(url: configuration.url)
    request.headers = ["Origin": configuration.origin, "User-Agent": configuration.userAgent]
    request.limits = configuration.limits
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    do throws(TransportError) {
      return FrameConnection(try await network.connect(request), configuration.frameCodec)
    } catch {
      throw .transport(error)
    }
  }

  private init(_ connection: WebSocketConnection, _ codec: any FrameCodec) {
    self.connection = connection
    self.codec = codec
    (outgoing, outbox) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(FrameConnection.waitingFrames))
  }

  /// The server's clock when it accepted the connection, in wall-clock milliseconds.
  var serverDate: Int64? { connection.responseHeaders.date }

  var messages: WebSocketConnection.Messages { connection.messages }

  var closure: WebSocketClosure { get async { await connection.closure } }

  /// Queues a frame.
  ///
  /// - Throws: `overwhelmed`, or `malformed` for what has no form on the wire.
  func send(_ header: FrameHeader, _ payload: some Encodable) throws(OneMeError) {
    let message: WebSocketMessage
    do { message = try codec.encode(header, payload: payload) } catch {
      throw .malformed(header.opcode, "the request has no form on the wire")
    }
    if case .dropped = outbox.yield(message) { throw .overwhelmed }
  }

  /// Writes what is queued, until `finish` or the end of the connection, which it then returns.
  func write() async -> TransportError? {
    for await message in outgoing {
      do throws(TransportError) { try await connection.send(message) } catch { return error }
    }
    return nil
  }

  /// Nothing more is queued.
  func finish() { outbox.finish() }

  func close() async { await connection.close() }
}
