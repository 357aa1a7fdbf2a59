import CCurl
import Clocks
import Glibc
import Synchronization

// curl.h brings the socket headers, whose names the static Glibc module then leaves to it.

/// Which connections a server has, whose they are and until when each must have done what it is at.
///
/// libmicrohttpd counts silence only, so that one byte now and then would keep a connection for good.
final class ConnectionTable: Sendable {
  /// What a connection is at.
  enum Phase {
    /// Nothing has been asked yet, or the next request is awaited.
    case idle
    case reading
    /// The answer is being worked out: that takes as long as it does.
    case answering
    case writing
    case upgraded
  }

  private struct Entry {
    let descriptor: Int32
    let address: String
    /// Connections count up, so that the oldest can be told.
    let number: Int
    var phase = Phase.idle
    var deadline: Duration?
    /// It has been shut down and counts no more; the daemon's thread has yet to see it.
    var isLeaving = false
  }

  private struct State {
    var entries: [UInt: Entry] = [:]
    /// Of those that count.
    var byAddress: [String: Int] = [:]
    var count = 0
    var opened = 0
    var nextCheck: Duration?
  }

  /// Deadlines are kept to so much: a crowd is not counted for each of them.
  private static let precision: Duration = .milliseconds(100)

  private let bounds: HTTPServerBounds
  private let limit: Int
  private let time = SystemTime()
  private let wake: @Sendable () -> Void
  private let state = Mutex(State())

  /// - Parameters:
  ///   - limit: so many connections at once, if that is fewer than the bounds allow.
  ///   - wake: makes `nextCheck` be looked at again.
  init(_ bounds: HTTPServerBounds, limit: Int, wake: @escaping @Sendable () -> Void) {
    self.bounds = bounds
    self.limit = min(limit, bounds.connections)
    self.wake = wake
  }

  /// When `expire` has something to do next; nil while nothing has a deadline.
  var nextCheck: Duration? { state.withLock { $0.nextCheck } }

  /// Whether somebody from `address` may connect. If all is taken, the address that has most loses its
  /// oldest connection that waits for its client; it has more than the newcomer, or nobody goes.
  func admits(_ address: String) -> Bool {
    let block = AddressBlock.name(of: address)
    return state.withLock { state in
      let theirs = state.byAddress[block] ?? 0
      guard theirs < bounds.connectionsPerAddress else { return false }
      guard state.count >= limit else { return true }
      guard let (crowd, most) = state.byAddress.max(by: { $0.value < $1.value }), most > theirs + 1
      else { return false }
      let waiting = state.entries.filter { _, entry in
        entry.address == crowd && !entry.isLeaving
          && (entry.phase == .idle || entry.phase == .reading)
      }
      guard let oldest = waiting.min(by: { $0.value.number < $1.value.number })?.key else {
        return false
      }
      ConnectionTable.end(oldest, &state)
      return true
    }
  }

  func opened(_ connection: UInt, _ descriptor: Int32, from address: String) {
    let block = AddressBlock.name(of: address)
    state.withLock { state in
      state.opened += 1
      state.count += 1
      state.byAddress[block, default: 0] += 1
      state.entries[connection] = Entry(
        descriptor: descriptor, address: block, number: state.opened)
    }
    enter(.idle, connection, within: bounds.headTimeout)
  }

  /// The daemon gives up the connection; its descriptor is still its own.
  func closed(_ connection: UInt) {
    state.withLock { state in
      guard let entry = state.entries.removeValue(forKey: connection) else { return }
      if !entry.isLeaving { ConnectionTable.discount(entry.address, &state) }
    }
  }

  func reads(_ connection: UInt, bytes: Int) {
    enter(.reading, connection, within: allowance(for: bytes))
  }

  func answers(_ connection: UInt) { enter(.answering, connection, within: nil) }

  func writes(_ connection: UInt, bytes: Int) {
    enter(.writing, connection, within: allowance(for: bytes))
  }

  func idles(_ connection: UInt) { enter(.idle, connection, within: bounds.idleTimeout) }

  func upgraded(_ connection: UInt) { enter(.upgraded, connection, within: nil) }

  /// Ends what has had its time.
  func expire(at now: Duration) {
    state.withLock { state in
      guard let next = state.nextCheck, next <= now else { return }
      var earliest: Duration?
      for (connection, entry) in state.entries where !entry.isLeaving {
        guard let deadline = entry.deadline else { continue }
        if deadline <= now {
          ConnectionTable.end(connection, &state)
        } else {
          earliest = min(earliest ?? deadline, deadline)
        }
      }
      state.nextCheck = earliest.map { max($0, now + ConnectionTable.precision) }
    }
  }

  private func allowance(for bytes: Int) -> Duration {
    bounds.bodyTimeout + .seconds(bytes / max(1, bounds.slowestRate))
  }

  private func enter(_ phase: Phase, _ connection: UInt, within allowance: Duration?) {
    let deadline = allowance.map { time.uptime + $0 }
    let isSooner = state.withLock { state in
      guard state.entries[connection] != nil else { return false }
      state.entries[connection]?.phase = phase
      state.entries[connection]?.deadline = deadline
      guard let deadline, state.nextCheck.map({ deadline < $0 }) ?? true else { return false }
      state.nextCheck = deadline
      return true
    }
    if isSooner { wake() }
  }

  /// The daemon's thread sees the end of the connection and closes it. Under the lock, and so before
  /// `closed`: the descriptor cannot have become another's.
  private static func end(_ connection: UInt, _ state: inout State) {
    guard let entry = state.entries[connection] else { return }
    state.entries[connection]?.isLeaving = true
    discount(entry.address, &state)
    shutdown(entry.descriptor, Int32(SHUT_RDWR))
  }

  private static func discount(_ address: String, _ state: inout State) {
    state.count -= 1
    let left = (state.byAddress[address] ?? 0) - 1
    state.byAddress[address] = left > 0 ? left : nil
  }
}

/// Looks on the network thread for connections that have had their time.
final class ConnectionDeadlines: NetworkMember {
  private let connectionTable: ConnectionTable

  init(_ connectionTable: ConnectionTable) { self.connectionTable = connectionTable }

  var interest: (descriptor: Int32, events: Int32)? { nil }
  var deadline: Duration? { connectionTable.nextCheck }
  func advance(at now: Duration) { connectionTable.expire(at: now) }
  func abort() {}
}

/// How many files, sockets among them, this process may have open.
public enum OpenFiles {
  /// What is kept for all that is no connection: the store, attachments, programs that are started.
  private static let reserve = 128

  /// Raises the limit to the highest that the system grants, as a server does that has a connection
  /// for each client.
  public static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    // Refused or not, `connections` goes by what holds then.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// For how many connections that is enough. One over TLS takes three files once it is a WebSocket.
  static func connections(isSecure: Bool) -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
    let files = Int(clamping: limit.rlim_cur) - reserve
    return max(1, files / (isSecure ? 3 : 1))
  }
}
