import Cryptography

/// What the three servers answer. All times are wall-clock milliseconds.
struct TurnDesk: Sendable {
  private let key: [UInt8]
  private let nonce: String
  private let faults: FaultPlan
  /// By the peer's address and the server asked.
  private var allocations: [String: [UInt8]] = [:]

  init(seed: UInt64, faults: FaultPlan) {
    key = TurnDesk.key(seed: seed)
    nonce = Hexadecimal.encode(Digest.sha256.hash("nonce \(seed)".utf8).prefix(8))
    self.faults = faults
  }

  static func key(seed: UInt64) -> [UInt8] { Array("turn \(seed)".utf8) }

  /// A password follows from its name, so that nothing has to be kept.
  static func password(of name: String, _ key: [UInt8]) -> String {
    Base64.encode(Digest.sha1.authenticate(name.utf8, key: key))
  }

  /// nil leaves `bytes` without an answer, as nonsense is.
  mutating func answer(
    _ bytes: [UInt8], from peer: DatagramServer.Peer, as role: Relays.Role, at now: Int64
  ) -> [UInt8]? {
    guard let request = StunMessage(bytes), request.hasGoodFingerprint else { return nil }
    let fault = faults.standing(role == .stun ? .stun : .turn)?.value
    switch fault {
    case "silent": return nil
    case "garbage": return Array("not a STUN message".utf8)
    default: break
    }
    switch (request.type, role) {
    case (StunMessage.Kind.binding, _):
      var answer = StunMessage(
        type: request.type | StunMessage.Kind.success, transaction: request.transaction)
      answer.add(StunMessage.Name.mappedAddress, address: peer.address, port: peer.port)
      return answer.bytes
    case (_, .stun): return failure(request, 400, "Bad Request").bytes
    case (StunMessage.Kind.allocate, _), (StunMessage.Kind.refresh, _),
      (StunMessage.Kind.createPermission, _):
      return authenticated(request, peer, role, isExpired: fault == "expired", now)
    default: return failure(request, 400, "Bad Request").bytes
    }
  }

  /// RFC 5389 §10.2: first a challenge, then the proof of a name that still holds.
  private mutating func authenticated(
    _ request: StunMessage, _ peer: DatagramServer.Peer, _ role: Relays.Role, isExpired: Bool,
    _ now: Int64
  ) -> [UInt8] {
    guard let name = request.text(StunMessage.Name.username),
      request[StunMessage.Name.integrity] != nil
    else { return challenge(request, 401, "Unauthorized").bytes }
    guard request.text(StunMessage.Name.nonce) == nonce else {
      return challenge(request, 438, "Stale Nonce").bytes
    }
    let password = TurnDesk.password(of: name, key)
    let proof = StunMessage.key(username: name, realm: Relays.realm, password: password)
    let end = name.split(separator: ":").first.flatMap { Int64($0) } ?? 0
    guard request.text(StunMessage.Name.realm) == Relays.realm, request.isSigned(with: proof),
      end * 1000 > now, !isExpired
    else { return challenge(request, 401, "Unauthorized").bytes }
    var answer = perform(request, peer, role)
    answer.sign(with: proof)
    return answer.bytes
  }

  private mutating func perform(
    _ request: StunMessage, _ peer: DatagramServer.Peer, _ role: Relays.Role
  ) -> StunMessage {
    let line = "\(peer.address):\(peer.port) \(role)"
    switch request.type {
    case StunMessage.Kind.allocate:
      guard let transport = request[StunMessage.Name.requestedTransport] else {
        return failure(request, 400, "Bad Request")
      }
      guard transport.first == 17 else {
        return failure(request, 442, "Unsupported Transport Protocol")
      }
      guard role == .turn else { return failure(request, 486, "Allocation Quota Reached") }
      guard allocations[line] == nil else { return failure(request, 437, "Allocation Mismatch") }
      allocations[line] = request.transaction
      var answer = success(request)
      answer.add(StunMessage.Name.relayedAddress, address: [127, 0, 0, 1], port: 49_160)
      answer.add(StunMessage.Name.mappedAddress, address: peer.address, port: peer.port)
      answer.add(StunMessage.Name.lifetime, [0, 0, 2, 0x58])
      return answer
    case StunMessage.Kind.refresh:
      guard allocations[line] != nil else { return failure(request, 437, "Allocation Mismatch") }
      let lifetime = request[StunMessage.Name.lifetime] ?? [0, 0, 2, 0x58]
      if lifetime.allSatisfy({ $0 == 0 }) { allocations[line] = nil }
      var answer = success(request)
      answer.add(StunMessage.Name.lifetime, lifetime)
      return answer
    default:
      // Peers here are private addresses, which the real servers refuse to relay to.
      return failure(request, 403, "Forbidden")
    }
  }

  private func success(_ request: StunMessage) -> StunMessage {
    StunMessage(type: request.type | StunMessage.Kind.success, transaction: request.transaction)
  }

  private func failure(_ request: StunMessage, _ code: Int, _ reason: String) -> StunMessage {
    var answer = StunMessage(
      type: request.type | StunMessage.Kind.failure, transaction: request.transaction)
    answer.addError(code, reason)
    return answer
  }

  private func challenge(_ request: StunMessage, _ code: Int, _ reason: String) -> StunMessage {
    var answer = failure(request, code, reason)
    answer.add(StunMessage.Name.realm, Array(Relays.realm.utf8))
    answer.add(StunMessage.Name.nonce, Array(nonce.utf8))
    return answer
  }
}
