import Cryptography

/// What the three servers answer. All times are wall-clock milliseconds.
struct TURNServer: Sendable {
  private let key: [UInt8]
  private let nonce: String
  private let faults: FaultPlan
  /// By the peer's address and the server asked.
  private var allocations: [String: [UInt8]] = [:]

  init(seed: UInt64, faults: FaultPlan) {
    key = TURNServer.key(seed: seed)
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
    _ bytes: [UInt8], from peer: DatagramServer.Peer, as role: ReachabilityServers.Role,
    at now: Int64
  ) -> [UInt8]? {
    guard let request = STUNMessage(bytes), request.hasGoodFingerprint else { return nil }
    let fault = faults.standing(role == .stun ? .stun : .turn)?.value
    switch fault {
    case "silent": return nil
    case "garbage": return Array("not a STUN message".utf8)
    default: break
    }
    switch (request.type, role) {
    case (STUNMessage.Kind.binding, _):
      var answer = STUNMessage(
        type: request.type | STUNMessage.Kind.success, transaction: request.transaction)
      answer.add(STUNMessage.Name.mappedAddress, address: peer.address, port: peer.port)
      return answer.bytes
    case (_, .stun): return failure(request, 400, "Bad Request").bytes
    case (STUNMessage.Kind.allocate, _), (STUNMessage.Kind.refresh, _),
      (STUNMessage.Kind.createPermission, _):
      return authenticated(request, peer, role, isExpired: fault == "expired", now)
    default: return failure(request, 400, "Bad Request").bytes
    }
  }

  /// RFC 5389 §10.2: first a challenge, then the proof of a name that still holds.
  private mutating func authenticated(
    _ request: STUNMessage, _ peer: DatagramServer.Peer, _ role: ReachabilityServers.Role,
    isExpired: Bool,
    _ now: Int64
  ) -> [UInt8] {
    guard let name = request.text(STUNMessage.Name.username),
      request[STUNMessage.Name.integrity] != nil
    else { return challenge(request, 401, "Unauthorized").bytes }
    guard request.text(STUNMessage.Name.nonce) == nonce else {
      return challenge(request, 438, "Stale Nonce").bytes
    }
    let password = TURNServer.password(of: name, key)
    let proof = STUNMessage.key(
      username: name, realm: ReachabilityServers.realm, password: password)
    let end = name.split(separator: ":").first.flatMap { Int64($0) } ?? 0
    guard request.text(STUNMessage.Name.realm) == ReachabilityServers.realm,
      request.isSigned(with: proof),
      end * 1000 > now, !isExpired
    else { return challenge(request, 401, "Unauthorized").bytes }
    var answer = perform(request, peer, role)
    answer.sign(with: proof)
    return answer.bytes
  }

  private mutating func perform(
    _ request: STUNMessage, _ peer: DatagramServer.Peer, _ role: ReachabilityServers.Role
  ) -> STUNMessage {
    let line = "\(peer.address):\(peer.port) \(role)"
    switch request.type {
    case STUNMessage.Kind.allocate:
      guard let transport = request[STUNMessage.Name.requestedTransport] else {
        return failure(request, 400, "Bad Request")
      }
      guard transport.first == 17 else {
        return failure(request, 442, "Unsupported Transport Protocol")
      }
      guard role == .turn else { return failure(request, 486, "Allocation Quota Reached") }
      guard allocations[line] == nil else { return failure(request, 437, "Allocation Mismatch") }
      allocations[line] = request.transaction
      var answer = success(request)
      answer.add(STUNMessage.Name.relayedAddress, address: [127, 0, 0, 1], port: 49_160)
      answer.add(STUNMessage.Name.mappedAddress, address: peer.address, port: peer.port)
      answer.add(STUNMessage.Name.lifetime, [0, 0, 2, 0x58])
      return answer
    case STUNMessage.Kind.refresh:
      guard allocations[line] != nil else { return failure(request, 437, "Allocation Mismatch") }
      let lifetime = request[STUNMessage.Name.lifetime] ?? [0, 0, 2, 0x58]
      if lifetime.allSatisfy({ $0 == 0 }) { allocations[line] = nil }
      var answer = success(request)
      answer.add(STUNMessage.Name.lifetime, lifetime)
      return answer
    default:
      // Peers here are private addresses, which the real servers refuse to relay to.
      return failure(request, 403, "Forbidden")
    }
  }

  private func success(_ request: STUNMessage) -> STUNMessage {
    STUNMessage(type: request.type | STUNMessage.Kind.success, transaction: request.transaction)
  }

  private func failure(_ request: STUNMessage, _ code: Int, _ reason: String) -> STUNMessage {
    var answer = STUNMessage(
      type: request.type | STUNMessage.Kind.failure, transaction: request.transaction)
    answer.addError(code, reason)
    return answer
  }

  private func challenge(_ request: STUNMessage, _ code: Int, _ reason: String) -> STUNMessage {
    var answer = failure(request, code, reason)
    answer.add(STUNMessage.Name.realm, Array(ReachabilityServers.realm.utf8))
    answer.add(STUNMessage.Name.nonce, Array(nonce.utf8))
    return answer
  }
}
