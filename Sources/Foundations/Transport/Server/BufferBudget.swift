import Synchronization

/// What all requests of a server together may hold in memory.
final class BufferBudget: Sendable {
  private struct State {
    var total = 0
    var byAddress: [String: Int] = [:]
  }

  private let bounds: HTTPServerBounds
  private let state = Mutex(State())

  init(_ bounds: HTTPServerBounds) { self.bounds = bounds }

  /// Whether so many bytes could be taken now.
  func hasRoom(for bytes: Int, of address: String) -> Bool {
    state.withLock { hasRoom(for: bytes, of: address, $0) }
  }

  /// False, and nothing is taken, if that would be too much.
  func reserve(_ bytes: Int, for address: String) -> Bool {
    state.withLock { state in
      guard hasRoom(for: bytes, of: address, state) else { return false }
      state.total += bytes
      state.byAddress[address, default: 0] += bytes
      return true
    }
  }

  func giveBack(_ bytes: Int, for address: String) {
    guard bytes > 0 else { return }
    state.withLock { state in
      state.total -= bytes
      let left = (state.byAddress[address] ?? 0) - bytes
      state.byAddress[address] = left > 0 ? left : nil
    }
  }

  private func hasRoom(for bytes: Int, of address: String, _ state: State) -> Bool {
    state.total + bytes <= bounds.bufferedBytes
      && (state.byAddress[address] ?? 0) + bytes <= bounds.bufferedBytesPerAddress
  }
}
