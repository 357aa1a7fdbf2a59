import Clocks
import Synchronization
import Transport

/// STUN and TURN on loopback, as far as a test of reachability goes (OneMe notes §5.5): nothing is
/// ever relayed. One TURN server grants what it is asked for, the other has no room.
final class ReachabilityServers: Sendable {
  /// How a server takes part.
  enum Role { case stun, turn, fullTurn }

  static let realm = "sandbox"

  /// `127.0.0.1:PORT`
  let stun: String
  /// The granting server's address, then the full one's.
  let turn: [String]
  private let servers: [DatagramServer]
  private let key: [UInt8]

  /// Listens on three UDP ports from `portBase` on, 0 for free ones.
  init(
    portBase: UInt16, seed: UInt64, faults: FaultPlan, time: any TimeSource
  ) throws(SandboxError) {
    let turnServer = Mutex(TURNServer(seed: seed, faults: faults))
    var servers: [DatagramServer] = []
    for (offset, role) in [Role.stun, .turn, .fullTurn].enumerated() {
      let port = portBase == 0 ? 0 : portBase &+ UInt16(offset)
      servers.append(
        try DatagramServer(port: port) { bytes, peer in
          turnServer.withLock { $0.answer(bytes, from: peer, as: role, at: time.wallTime) }
        })
    }
    self.servers = servers
    stun = "127.0.0.1:\(servers[0].port)"
    turn = servers.dropFirst().map { "127.0.0.1:\($0.port)" }
    key = TURNServer.key(seed: seed)
  }

  /// A name that says until when it holds (unix seconds), and its password.
  func credentials(for user: Int64, until end: Int64) -> (name: String, password: String) {
    let name = "\(end):\(user)"
    return (name, TURNServer.password(of: name, key))
  }

  func stop() { for server in servers { server.stop() } }
}
