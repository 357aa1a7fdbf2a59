import Cryptography
import Database
import Transport

extension RelayAPI {
  /// So many tokens come in one answer (`user_tokens/{offset}`).
  static let tokenChunk = 10_000
  /// More people are not learned of one peer.
  private static let contactLimit = 1_000_000

  /// Asks each peer who is registered there, once a minute at most and only when it matters: before
  /// the directory is asked, a number is registered or a peer speaks for somebody unknown. A peer
  /// that does not answer keeps its people.
  func learnContacts(within timeout: Duration = Federation.timeout) async throws {
    guard !federation.peers.isEmpty, federation.contacts.isDue(at: time.uptime) else { return }
    await withTaskGroup(of: Void.self) { group in
      for peer in federation.peers {
        group.addTask {
          // What a peer does not tell now it will tell in a minute.
          do { try await learn(from: peer, within: timeout) } catch {}
        }
      }
    }
  }

  /// Before it is judged whether `peer` may speak for `number`: learns who has it, if nobody here
  /// knows. The peer waits meanwhile, so it must not take long.
  func learnOwner(of number: String, for peer: FederatedPeer) async throws {
    guard federation.peers.count > 1 else { return }
    let isKnown = try await storage.database.read { connection in
      if try connection.hasAccount(number) { return true }
      return try connection.peerContact(ContactToken.bytes(of: number)) != nil
    }
    if !isKnown { try await learnContacts(within: .seconds(3)) }
  }

  private func learn(from peer: FederatedPeer, within timeout: Duration) async throws {
    var rows: [(token: [UInt8], supportsSMS: Bool)] = []
    for offset in stride(from: 0, to: RelayAPI.contactLimit, by: RelayAPI.tokenChunk) {
      let call = FederatedCall.userTokens(offset: "\(offset)")
      let chunk = try await federation.ask(ContactsAnswer.self, peer, call, within: timeout)
        .contacts
      for contact in chunk where contact.inactive != true {
        guard let token = ContactToken.decode(contact.token) else { continue }
        rows.append((token, contact.supportsSms ?? false))
      }
      guard chunk.count >= RelayAPI.tokenChunk else { break }
    }
    let (found, name, now) = (rows, peer.name, time.wallTime)
    try await storage.database.write { connection in
      let last = try connection.first(
        "SELECT ifnull(max(last_learned), 0) AS last FROM peer_contact"
      ) { try $0.get("last", as: Int64.self) }
      // Always a later one, whatever the clock says.
      let turn = max(now, (last ?? 0) + 1)
      for row in found {
        try connection.execute(
          """
          INSERT INTO peer_contact (relay, token, supports_sms, first_learned, last_learned)
          VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (token, relay)
          DO UPDATE SET supports_sms = excluded.supports_sms, last_learned = excluded.last_learned
          """, [name, row.token, row.supportsSMS, turn])
      }
      try connection.execute(
        "DELETE FROM peer_contact WHERE relay = ? AND last_learned < ?", [name, turn])
    }
  }
}

extension Connection {
  func hasAccount(_ number: String) throws -> Bool {
    try first("SELECT 1 AS found FROM account WHERE number = ?", [number]) { _ in true } ?? false
  }

  /// Whether a number can be one of `relay`'s people: it is none of ours, and no other relay has it.
  func mayHave(_ number: String, at relay: String) throws -> Bool {
    guard try !hasAccount(number) else { return false }
    let owner = try peerContact(ContactToken.bytes(of: number))?.relay
    return owner == nil || owner == relay
  }

  /// At which other relay a token is registered: of several that say so, the one that said it first.
  func peerContact(_ token: [UInt8]) throws -> (relay: String, supportsSMS: Bool)? {
    try first(
      "SELECT relay, supports_sms FROM peer_contact WHERE token = ? ORDER BY first_learned, relay",
      [token]
    ) { (try $0.get("relay"), try $0.get("supports_sms")) }
  }
}
