import Relay

/// Something that happened in a sandbox. Encodes as one JSON object with an `event` member.
public enum SandboxEvent: Sendable, Equatable {
  /// Which of the servers.
  public enum Service: String, Sendable, Encodable { case max, trading, textsecure }

  /// Always the first event.
  case listening(SandboxEndpoints)
  /// A QR code was shown; it is approved by itself when it is asked after for the third time.
  case qr(link: String)
  /// A code that a telephone would have received.
  case sms(service: Service, number: String, code: String)
  /// Connections are counted from 1 in each service.
  case connected(Service, connection: Int)
  case disconnected(Service, connection: Int)
  /// A well-formed request; `name` is the operation, the opcode in digits, or for the relay method,
  /// endpoint and status (and the connection is 0, since each request stands alone).
  case request(Service, connection: Int, name: String)
  /// The text of an error that a client was answered with.
  case refused(Service, connection: Int, error: String)
  /// An order got this status.
  case order(id: String, clientOrderID: String?, status: String)
  /// A swap came with a client order id seen before; nothing was executed.
  case duplicateOrder(id: String, clientOrderID: String)
  /// A call to this number began to ring, was accepted, declined or cancelled, or ended.
  case call(number: String, conversationID: String, state: String)
  /// A planned fault struck.
  case fault(String)
}

extension SandboxEvent: Encodable {
  private enum Key: String, CodingKey {
    case event, max, maxBinary, link, trading, textsecure, textsecureContacts, caFile
    case tradingKey, tradingSecret
    case service, number, code, connection, name, error
    case orderId, clientOrderId, status, conversationId, state
  }

  public func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    func describe(_ event: String, _ service: Service, _ connection: Int) throws {
      try line.encode(event, forKey: .event)
      try line.encode(service, forKey: .service)
      try line.encode(connection, forKey: .connection)
    }
    switch self {
    case .listening(let endpoints):
      try line.encode("listening", forKey: .event)
      try line.encode(endpoints.maxURL, forKey: .max)
      try line.encode(endpoints.maxBinaryURL, forKey: .maxBinary)
      try line.encode(endpoints.tradingURL, forKey: .trading)
      try line.encode(endpoints.textsecureURL, forKey: .textsecure)
      try line.encode(endpoints.textsecureContacts, forKey: .textsecureContacts)
      try line.encodeIfPresent(endpoints.certificateAuthorityFile, forKey: .caFile)
      try line.encode(endpoints.tradingKey, forKey: .tradingKey)
      try line.encode(endpoints.tradingSecret, forKey: .tradingSecret)
    case .qr(let link):
      try line.encode("qr", forKey: .event)
      try line.encode(link, forKey: .link)
    case .sms(let service, let number, let code):
      try line.encode("sms", forKey: .event)
      try line.encode(service, forKey: .service)
      try line.encode(number, forKey: .number)
      try line.encode(code, forKey: .code)
    case .connected(let service, let connection):
      try describe("connected", service, connection)
    case .disconnected(let service, let connection):
      try describe("disconnected", service, connection)
    case .request(let service, let connection, let name):
      try describe("request", service, connection)
      try line.encode(name, forKey: .name)
    case .refused(let service, let connection, let error):
      try describe("refused", service, connection)
      try line.encode(error, forKey: .error)
    case .order(let id, let clientOrderID, let status):
      try line.encode("order", forKey: .event)
      try line.encode(id, forKey: .orderId)
      try line.encodeIfPresent(clientOrderID, forKey: .clientOrderId)
      try line.encode(status, forKey: .status)
    case .duplicateOrder(let id, let clientOrderID):
      try line.encode("duplicateOrder", forKey: .event)
      try line.encode(id, forKey: .orderId)
      try line.encode(clientOrderID, forKey: .clientOrderId)
    case .call(let number, let conversationID, let state):
      try line.encode("call", forKey: .event)
      try line.encode(number, forKey: .number)
      try line.encode(conversationID, forKey: .conversationId)
      try line.encode(state, forKey: .state)
    case .fault(let name):
      try line.encode("fault", forKey: .event)
      try line.encode(name, forKey: .name)
    }
  }
}

extension SandboxEvent {
  /// What the relay tells, in the sandbox's words; nil for what only its contacts want to know.
  init?(_ event: RelayEvent) {
    switch event {
    case .code(let code):
      self = .sms(service: .textsecure, number: code.number, code: code.code)
    case .request(let line):
      self = .request(
        .textsecure, connection: 0, name: "\(line.method) \(line.endpoint) \(line.status)")
    case .joined: return nil
    }
  }
}

/// Where the servers report; the newest 4096 events wait for a reader, older ones are forgotten.
struct EventLog: Sendable {
  let stream: AsyncStream<SandboxEvent>
  private let continuation: AsyncStream<SandboxEvent>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4096))
  }

  func report(_ event: SandboxEvent) { continuation.yield(event) }
  func finish() { continuation.finish() }
}
