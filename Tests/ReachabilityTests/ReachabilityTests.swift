import Clocks
import Cryptography
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Reachability

/// STUN and TURN servers, tried over real datagrams.
@Suite(.timeLimit(.minutes(10)))
struct ReachabilityTests {
  private let time = ManualTime()

  private var probe: ReachabilityProbe {
    ReachabilityProbe(network: Network(), time: time, random: SeededRandom(seed: 5))
  }

  @Test func findsThePublicAddress() async throws {
    let time = time
    let server = try DatagramServer { datagram, _ in
      guard let request = STUNMessage(datagram), request.kind == 0x0001 else { return [] }
      time.advance(by: .milliseconds(40))
      var stranger = STUNMessage(.bindingSuccess, transaction: [UInt8](repeating: 9, count: 12))
      stranger.append(STUNAttribute.mappedAddress, [0, 1, 0, 0, 0, 0, 0, 0])
      // Noise, somebody else's answer and the question itself come before the answer.
      return [
        [1, 2, 3], stranger.bytes, datagram,
        request.success(.bindingSuccess, address: STUNAttribute.mappedAddress).bytes,
      ]
    }
    let report = try await probe.stun("stun:127.0.0.1:\(server.port)")
    #expect(report.publicAddress.description == "203.0.113.7:40000")
    #expect(report.roundTrip == .milliseconds(40))
    server.stop()
  }

  @Test func asksAgainWhenADatagramIsLost() async throws {
    let server = try DatagramServer { datagram, number in
      guard number == 3, let request = STUNMessage(datagram) else { return [] }
      return [request.success(.bindingSuccess, address: STUNAttribute.mappedAddress).bytes]
    }
    async let report = probe.stun("stun:127.0.0.1:\(server.port)")
    await time.release(.milliseconds(500))
    await time.release(.seconds(1))
    #expect(try await report.roundTrip == .milliseconds(1500))
    #expect(Set(server.datagrams).count == 1)
    server.stop()
  }

  @Test func saysWhenNobodyAnswers() async throws {
    let server = try DatagramServer { _, _ in [] }
    let report = Task { try await probe.stun("stun:127.0.0.1:\(server.port)") }
    await time.release(.seconds(5))
    await #expect(throws: ReachabilityError.silent) { try await report.value }
    server.stop()
  }

  @Test func saysWhenNobodyIsThere() async throws {
    let server = try DatagramServer { _, _ in [] }
    let port = server.port
    server.stop()
    // The port is free once the server's thread has ended; until then nobody answers.
    while true {
      let time = ManualTime()
      let probe = ReachabilityProbe(network: Network(), time: time, random: SeededRandom(seed: 5))
      async let report = probe.stun("stun:127.0.0.1:\(port)")
      await time.release(.milliseconds(500))
      time.advance(by: .seconds(10))
      do {
        _ = try await report
        Issue.record("nobody answered")
        return
      } catch {
        if case .transport(.refused)? = error as? ReachabilityError { return }
        #expect(error as? ReachabilityError == .silent)
      }
    }
  }

  @Test func isCancelled() async throws {
    let server = try DatagramServer { _, _ in [] }
    let task = Task { try await probe.stun("stun:127.0.0.1:\(server.port)") }
    await time.untilSleeping(2)
    task.cancel()
    await #expect(throws: ReachabilityError.cancelled) { try await task.value }
    server.stop()
  }

  @Test func aTURNServerAccepts() async throws {
    let turn = TURNStub()
    let server = try DatagramServer { datagram, _ in turn.answer(datagram) }
    let report = try await probe.turn(
      "turn:127.0.0.1:\(server.port)", user: TURNStub.user, password: Secret(TURNStub.password))
    #expect(report.relayAddress.description == "203.0.113.7:40000")
    // The relay is given back; a datagram may take its time.
    let isReleased = try await eventually("the release", after: turn.changes) {
      turn.isReleased ? true : nil
    }
    #expect(isReleased)
    server.stop()
  }

  @Test func aStaleNonceIsRenewed() async throws {
    let turn = TURNStub(staleNonces: 1)
    let server = try DatagramServer { datagram, _ in turn.answer(datagram) }
    _ = try await probe.turn(
      "turn:127.0.0.1:\(server.port)", user: TURNStub.user, password: Secret(TURNStub.password))
    server.stop()
  }

  @Test func refusedCredentialsAreTold() async throws {
    let turn = TURNStub()
    let server = try DatagramServer { datagram, _ in turn.answer(datagram) }
    await #expect(throws: ReachabilityError.credentialsRefused) {
      try await probe.turn(
        "turn:127.0.0.1:\(server.port)", user: TURNStub.user, password: Secret("wrong"))
    }
    server.stop()
  }

  @Test(arguments: [403, 437, 486, 508])
  func aTURNServerThatIsThereButDoesNotServe(code: Int) async throws {
    let turn = TURNStub(refusal: code)
    let server = try DatagramServer { datagram, _ in turn.answer(datagram) }
    await #expect(throws: ReachabilityError.refused(code: code, reason: "no")) {
      try await probe.turn(
        "turn:127.0.0.1:\(server.port)", user: TURNStub.user, password: Secret(TURNStub.password))
    }
    server.stop()
  }

  /// Whoever cannot sign cannot have been asked.
  @Test func aForgedSuccessIsPassedOver() async throws {
    let turn = TURNStub(forges: true)
    let server = try DatagramServer { datagram, _ in turn.answer(datagram) }
    let report = Task {
      try await probe.turn(
        "turn:127.0.0.1:\(server.port)", user: TURNStub.user, password: Secret(TURNStub.password))
    }
    await time.release(.seconds(5))
    await #expect(throws: ReachabilityError.silent) { try await report.value }
    server.stop()
  }

  @Test(arguments: [
    ReachabilityError.badAddress, .unsupported, .silent, .malformed, .credentialsRefused,
    .cancelled, .refused(code: 486, reason: "full"), .transport(.refused("x")),
  ])
  func everyErrorHasWords(error: ReachabilityError) {
    #expect(error.message.hasSuffix("."))
    #expect(error.hint.map { $0.hasSuffix(".") } ?? true)
  }
}

/// A TURN server that knows one person.
private final class TURNStub: Sendable {
  static let user = "1795086400:900000000001"
  static let password = "cGFzcw=="
  private static let realm = "videowebrtc"

  let changes: AsyncStream<Void>
  private let sink: AsyncStream<Void>.Continuation
  private let state: Mutex<(stale: Int, released: Bool)>
  private let refusal: Int?
  private let forges: Bool

  init(refusal: Int? = nil, staleNonces: Int = 0, forges: Bool = false) {
    (changes, sink) = AsyncStream.makeStream()
    state = Mutex((staleNonces, false))
    self.refusal = refusal
    self.forges = forges
  }

  var isReleased: Bool { state.withLock { $0.released } }

  func answer(_ datagram: [UInt8]) -> [[UInt8]] {
    guard let request = STUNMessage(datagram) else { return [] }
    let key = STUNMessage.longTermKey(
      user: Self.user, realm: Self.realm, password: Secret(Self.password))
    let isRelease = request.kind == 0x0004
    guard isRelease || request[STUNAttribute.requestedTransport] == [17, 0, 0, 0] else {
      return [request.failure(400).bytes]
    }
    guard request[STUNAttribute.messageIntegrity] != nil else { return [challenge(request, 401)] }
    guard request[STUNAttribute.userName] == Array(Self.user.utf8),
      request[STUNAttribute.realm] == Array(Self.realm.utf8),
      STUNMessage.isIntact(datagram, key: key)
    else { return [challenge(request, 401)] }
    let isStale = state.withLock { state in
      state.stale -= 1
      return state.stale >= 0
    }
    if isStale { return [challenge(request, 438)] }
    if isRelease {
      state.withLock { $0.released = request[STUNAttribute.lifetime] == [0, 0, 0, 0] }
      sink.yield()
      return []
    }
    if let refusal { return [request.failure(refusal).bytes] }
    var success = request.success(.allocateSuccess, address: STUNAttribute.relayedAddress)
    success.sign(key: forges ? [1] : key)
    return [success.bytes]
  }

  private func challenge(_ request: STUNMessage, _ code: Int) -> [UInt8] {
    var challenge = request.failure(code)
    challenge.append(STUNAttribute.realm, Array(Self.realm.utf8))
    challenge.append(STUNAttribute.nonce, Array("n-\(code)".utf8))
    return challenge.bytes
  }
}

extension STUNMessage {
  /// An answer that names 203.0.113.7:40000.
  fileprivate func success(_ kind: Kind, address type: UInt16) -> STUNMessage {
    var answer = STUNMessage(kind, transaction: transaction)
    let plain: [UInt8] = [0x9c, 0x40, 203, 0, 113, 7]
    let mask = Array(Self.cookie.prefix(2)) + Self.cookie
    answer.append(type, [0, 1] + zip(plain, mask).map { $0 ^ $1 })
    return answer
  }

  fileprivate func failure(_ code: Int) -> STUNMessage {
    var answer = STUNMessage(.allocateError, transaction: transaction)
    answer.append(
      STUNAttribute.errorCode, [0, 0, UInt8(code / 100), UInt8(code % 100)] + Array("no".utf8))
    return answer
  }
}
