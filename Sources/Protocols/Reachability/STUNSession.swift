import Clocks
import Cryptography
import Transport

/// Questions and answers with one STUN or TURN server over UDP.
actor STUNSession {
  struct Answer {
    var message: STUNMessage
    var roundTrip: Duration
  }

  /// The first wait before a question is asked again; each further one is twice as long (RFC 5389
  /// §7.2.1).
  static let firstWait: Duration = .milliseconds(500)

  private let socket: DatagramSocket
  private let time: any TimeSource
  private let random: any RandomSource

  init(_ socket: DatagramSocket, time: any TimeSource, random: any RandomSource) {
    self.socket = socket
    self.time = time
    self.random = random
  }

  nonisolated func newTransaction() -> [UInt8] { random.bytes(12) }

  /// A request for a relay for UDP (RFC 5766 §6.1).
  nonisolated func allocation() -> STUNMessage {
    var request = STUNMessage(.allocateRequest, transaction: newTransaction())
    request.append(STUNAttribute.requestedTransport, [17, 0, 0, 0])
    return request
  }

  /// Gives the relay back (RFC 5766 §7.1).
  nonisolated func release() -> STUNMessage {
    var request = STUNMessage(.refreshRequest, transaction: newTransaction())
    request.append(STUNAttribute.lifetime, [0, 0, 0, 0])
    return request
  }

  /// Sends without waiting for an answer.
  func send(_ request: STUNMessage) { socket.send(request.bytes) }

  /// Asks again and again until there is an answer; whoever calls sets the limit by cancelling.
  ///
  /// Answers to other questions, and such as are not signed right where `key` says they must be, are
  /// passed over: anybody can send a datagram.
  func ask(_ request: STUNMessage, key: [UInt8]? = nil) async throws(ReachabilityError) -> Answer {
    let start = time.uptime
    let datagram = request.bytes
    let repeater = Task {
      var wait = STUNSession.firstWait
      while true {
        socket.send(datagram)
        try await time.sleep(for: wait)
        wait = wait * 2
      }
    }
    defer { repeater.cancel() }
    for await received in socket.datagrams {
      let bytes: [UInt8]
      switch received {
      case .success(let datagram): bytes = datagram
      case .failure(let error): throw .transport(error)
      }
      guard let message = STUNMessage(bytes), message.transaction == request.transaction,
        STUNMessage.isIntact(bytes, key: key), message.isAnswer(to: request)
      else { continue }
      if key != nil, message.error == nil, message[STUNAttribute.messageIntegrity] == nil {
        continue
      }
      return Answer(message: message, roundTrip: time.uptime - start)
    }
    throw Task.isCancelled ? .cancelled : .silent
  }
}

extension STUNMessage {
  /// Whether the method is that of `request` and the class success or error (RFC 5389 §6).
  fileprivate func isAnswer(to request: STUNMessage) -> Bool {
    kind == request.kind | 0x0100 || kind == request.kind | 0x0110
  }

  /// An answer that is not the one that was hoped for.
  var refusal: ReachabilityError {
    error.map { .refused(code: $0.code, reason: $0.reason) } ?? .malformed
  }
}
