import Cryptography
import Database
import Transport

/// What other relays may ask (TextSecure protocol notes §3.3, `/v1/federation/…`).
extension RelayAPI {
  func answer(
    _ call: FederatedCall, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    let peer = try authenticatedPeer(request)
    try limiter.charge(.peer, peer.name)
    let requester = Requester.peer(peer.name)
    switch call {
    case .attachment(let id): return try await locateAttachment(id, relay: nil, request)
    case .key(let number): return try await fetchKey(of: number, requester, relay: nil)
    case .keys(let number, let device):
      return try await fetchKeys(of: number, device: device, requester, relay: nil)
    case .messages(let source, let device, let destination):
      var body = try decode(MessagesBody.self, from: request)
      body.relay = nil
      let sender = try await sender(source, device, of: peer, to: destination)
      try await accept(body, from: sender, at: peer.name, to: destination)
      return success()
    case .receipt(let source, let device, let destination, let timestamp):
      guard let timestamp = UInt64(timestamp) else { throw RelayRefusal.invalid }
      let sender = try await sender(source, device, of: peer, to: destination)
      try await acceptReceipt(from: sender, at: peer.name, to: destination, timestamp)
      return success()
    case .userCount: return json(CountAnswer(count: try await accountCount()))
    case .userTokens(let offset):
      guard let offset = Int(offset), offset >= 0 else { throw RelayRefusal.invalid }
      return json(ContactsAnswer(contacts: try await contacts(from: offset)))
    }
  }

  func authenticatedPeer(_ request: HTTPServer.Request) throws(RelayRefusal) -> FederatedPeer {
    let name = Credentials.halves(of: request.headers["Authorization"])?.user ?? ""
    let account = "relay \(name.prefix(64))"
    try limiter.checkGuesses(at: account, from: request)
    guard let peer = federation.peer(header: request.headers["Authorization"]) else {
      try limiter.chargeGuess(at: account, from: request)
      throw .unauthorized
    }
    return peer
  }

  /// Who sends, as the peer says, rationed as our own senders are. Whether it may speak for them is
  /// judged where the message is taken.
  private func sender(
    _ number: String, _ device: String, of peer: FederatedPeer, to destination: String
  ) async throws -> DeviceAddress {
    guard let address = DeviceAddress("\(number).\(device)") else { throw RelayRefusal.invalid }
    try limiter.charge(.messages, "\(peer.name)/\(number)")
    try limiter.charge(.peerMessages, "\(peer.name)/\(destination.prefix(16))")
    try await learnOwner(of: number, for: peer)
    return address
  }

  private func accountCount() async throws -> Int {
    try await storage.database.read { connection in
      try connection.first("SELECT count(*) AS count FROM account") { try $0.get("count") }
    } ?? 0
  }

  private func contacts(from offset: Int) async throws -> [ContactAnswer] {
    try await storage.database.read { connection in
      try connection.query(
        """
        SELECT token, supports_sms,
          fetches_messages OR gcm_id IS NOT NULL OR apn_id IS NOT NULL AS is_active
        FROM account JOIN device USING (number) WHERE id = ?
        ORDER BY number LIMIT \(RelayAPI.tokenChunk) OFFSET ?
        """, [DeviceAddress.master, offset]
      ) { row in
        let token = Base64.encode(try row.get("token", as: [UInt8].self))
        return ContactAnswer(
          token: String(token.prefix { $0 != "=" }),
          supportsSms: try row.get("supports_sms", as: Bool.self) ? true : nil,
          inactive: try row.get("is_active", as: Bool.self) ? nil : true)
      }
    }
  }
}
