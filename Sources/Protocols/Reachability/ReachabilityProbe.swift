import Clocks
import Cryptography
import Transport

/// Tries whether the servers of a call can be reached, without any call being accepted (MAX protocol
/// notes §5.5).
public struct ReachabilityProbe: Sendable {
  /// How long a server may take altogether, repetitions included.
  public var deadline: Duration = .seconds(5)

  private let network: Network
  private let time: any TimeSource
  private let random: any RandomSource

  /// A probe that has sent nothing yet.
  public init(network: Network, time: any TimeSource, random: any RandomSource) {
    self.network = network
    self.time = time
    self.random = random
  }

  /// Asks the STUN server at `uri` (`stun:host:port`) from where it is asked (RFC 5389 §7).
  public func stun(_ uri: String) async throws(ReachabilityError) -> STUNReport {
    let server = try ServerURI(uri, scheme: "stun")
    return try await session(server) { session throws(ReachabilityError) in
      let request = STUNMessage(.bindingRequest, transaction: session.newTransaction())
      let answer = try await session.ask(request)
      guard answer.message.kind == STUNMessage.Kind.bindingSuccess.rawValue else {
        throw answer.message.refusal
      }
      guard let address = answer.message.address(STUNAttribute.mappedAddress) else {
        throw .malformed
      }
      return STUNReport(publicAddress: address, roundTrip: answer.roundTrip)
    }
  }

  /// Asks the TURN server at `uri` (`turn:host:port`) for a relay with a call's credentials, and gives
  /// it back at once (RFC 5766 §6).
  ///
  /// - Throws: `refused` for a server that is there but does not serve, such as 486 when all relays
  ///   are taken; `credentialsRefused` after a second 401.
  public func turn(
    _ uri: String, user: String, password: Secret
  ) async throws(ReachabilityError) -> TURNReport {
    let server = try ServerURI(uri, scheme: "turn")
    return try await session(server) { session throws(ReachabilityError) in
      let first = try await session.ask(session.allocation())
      guard first.message.kind == STUNMessage.Kind.allocateError.rawValue,
        first.message.error?.code == 401
      else { throw first.message.refusal }
      var grant = try TURNGrant(challenge: first.message, user: user, password: password)
      var answer = try await session.ask(grant.signed(session.allocation()), key: grant.key)
      if answer.message.error?.code == 438 {
        // The nonce went stale in between; the answer brings another.
        grant = try TURNGrant(challenge: answer.message, user: user, password: password)
        answer = try await session.ask(grant.signed(session.allocation()), key: grant.key)
      }
      guard answer.message.kind == STUNMessage.Kind.allocateSuccess.rawValue else {
        throw answer.message.error?.code == 401 ? .credentialsRefused : answer.message.refusal
      }
      guard let relay = answer.message.address(STUNAttribute.relayedAddress) else {
        throw .malformed
      }
      await session.send(grant.signed(session.release()))
      return TURNReport(
        relayAddress: relay, publicAddress: answer.message.address(STUNAttribute.mappedAddress),
        roundTrip: first.roundTrip)
    }
  }

  private func session<Report: Sendable>(
    _ server: ServerURI,
    _ work: @escaping @Sendable (STUNSession) async throws(ReachabilityError) -> Report
  ) async throws(ReachabilityError) -> Report {
    let socket: DatagramSocket
    do throws(TransportError) {
      socket = try await network.datagrams(to: server.host, port: server.port)
    } catch {
      throw error == .cancelled ? .cancelled : .transport(error)
    }
    defer { socket.close() }
    let session = STUNSession(socket, time: time, random: random)
    return try await withDeadline(deadline, time: time, error: ReachabilityError.silent) {
      () async throws(ReachabilityError) in
      try await work(session)
    }
  }
}

/// What a STUN server said.
public struct STUNReport: Sendable, Equatable {
  /// Where this machine is on the other side of its gateways.
  public var publicAddress: SocketAddress
  /// From the question to the answer.
  public var roundTrip: Duration
}

/// What a TURN server that would serve a call said.
public struct TURNReport: Sendable, Equatable {
  /// Where the relay would have been.
  public var relayAddress: SocketAddress
  /// Where this machine is on the other side of its gateways.
  public var publicAddress: SocketAddress?
  /// From the first question to its answer.
  public var roundTrip: Duration
}

/// Long-term credentials for the realm of one TURN server (RFC 5389 §10.2).
struct TURNGrant {
  let key: [UInt8]
  private let user: String
  private let realm: [UInt8]
  private let nonce: [UInt8]

  /// - Throws: `malformed` if the challenge lacks its realm or nonce.
  init(challenge: STUNMessage, user: String, password: Secret) throws(ReachabilityError) {
    guard let realm = challenge[STUNAttribute.realm], let nonce = challenge[STUNAttribute.nonce],
      realm.count <= 763, nonce.count <= 763
    else { throw .malformed }
    self.realm = realm
    self.nonce = nonce
    self.user = user
    key = STUNMessage.longTermKey(
      user: user, realm: String(decoding: realm, as: UTF8.self), password: password)
  }

  /// The request with the credentials and the signature over all of it.
  func signed(_ request: STUNMessage) -> STUNMessage {
    var request = request
    request.append(STUNAttribute.userName, Array(user.utf8))
    request.append(STUNAttribute.realm, realm)
    request.append(STUNAttribute.nonce, nonce)
    request.sign(key: key)
    return request
  }
}
