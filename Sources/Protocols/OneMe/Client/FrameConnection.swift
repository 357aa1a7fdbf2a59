import Transport

/// A connection on which frames go out in order, in the form that the server speaks.
final class FrameConnection: Sendable {
  /// How many frames are handed over together: enough that handing over costs little for each, so few
  /// that even a slow line has taken them within the time limit of one message.
  private static let framesAtOnce = 64

  /// Marks what came on it.
  let mark = DeliveryReceipt.Connection()
  private let connection: WebSocketConnection
  private let codec: any FrameCodec
  private let outgoing = EventQueue<WebSocketMessage>()

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
    guard outgoing.push(message, bytes: message.byteCount) else { throw .overwhelmed }
  }

  /// Whether so much waits to be sent that what need not be said is better left out.
  var isHeavy: Bool { outgoing.heavyTurn != nil }

  /// Writes what is queued, until `finish` or the end of the connection, which it then returns.
  func write() async -> TransportError? {
    while true {
      let batch = await outgoing.nextBatch(atMost: Self.framesAtOnce)
      if batch.isEmpty { return nil }
      do throws(TransportError) {
        try await connection.send(batch.map(\.value))
      } catch {
        return error
      }
    }
  }

  /// Nothing more is queued.
  func finish() { outgoing.finish() }

  func close() async { await connection.close() }
}
