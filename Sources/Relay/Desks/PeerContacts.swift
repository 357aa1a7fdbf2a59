import Cryptography
import Database
import Synchronization
import Transport

/// When the other relays were last asked who is registered there.
final class PeerContacts: Sendable {
  private static let interval: Duration = .seconds(60)
  private let next = Mutex(Duration.zero)

  /// Whether it is time to ask again; whoever hears yes does it.
  func isDue(at now: Duration) -> Bool {
    next.withLock { next in
      guard now >= next else { return false }
      next = now + PeerContacts.interval
      return true
    }
  }
}

extension RelayDesk {
  /// So many tokens come in one answer (`user_tokens/{offset}`).
  static let tokenChunk = 10_000
  /// More people are not learned of one peer.
  private static let contactLimit = 1_000_000

  /// Asks each peer who is registered there, once a minute at most and only when it matters: before
  /// the directory is asked or a number is registered. A peer that does not answer keeps its people.
  func learnContacts() async throws {
    guard !federation.peers.isEmpty, peerContacts.isDue(at: time.uptime) else { return }
    await withTaskGroup(of: Void.self) { group in
      for peer in federation.peers {
        group.addTask {
          // What a peer does not tell now it will tell in a minute.
          do { try await learn(from: peer) } catch {}
        }
      }
    }
  }

  private func learn(from peer: FederatedPeer) async throws {
    var rows: [(token: [UInt8], supportsSMS: Bool)] = []
    for offset in stride(from: 0, to: RelayDesk.contactLimit, by: RelayDesk.tokenChunk) {
      let call = FederatedCall.userTokens(offset: "\(offset)")
      let chunk = try await federation.ask(ContactsAnswer.self, peer, call).contacts
      for contact in chunk where contact.inactive != true {
        guard let token = ContactToken.decode(contact.token) else { continue }
        rows.append((token, contact.supportsSms ?? false))
      }
      guard chunk.count >= RelayDesk.tokenChunk else { break }
    }
    let (found, name) = (rows, peer.name)
    try await database.write { connection in
      try connection.execute("DELETE FROM peer_contact WHERE relay = ?", [name])
      for row in found {
        try connection.execute(
          "INSERT OR REPLACE INTO peer_contact (relay, token, supports_sms) VALUES (?, ?, ?)",
          [name, row.token, row.supportsSMS])
      }
    }
  }
}

extension Connection {
  /// At which other relay a token is registered.
  func peerContact(_ token: [UInt8]) throws -> (relay: String, supportsSMS: Bool)? {
    try first(
      "SELECT relay, supports_sms FROM peer_contact WHERE token = ? ORDER BY relay", [token]
    ) { (try $0.get("relay"), try $0.get("supports_sms")) }
  }
}
