import Synchronization

/// Which devices are connected, and how to tell them that something waits.
///
/// A device has one connection: a second connection takes the place of the first.
final class ConnectedDevices: Sendable {
  /// Wakes the connection that delivers; ends when it should close.
  struct Listener: Sendable {
    let number: Int
    let wakes: AsyncStream<Void>
    fileprivate let continuation: AsyncStream<Void>.Continuation
  }

  private struct State {
    var listeners: [DeviceAddress: Listener] = [:]
    var opened = 0
  }

  private let state = Mutex(State())

  /// A connection that is awake at once, for what has queued up.
  func open(_ address: DeviceAddress) -> Listener {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let (listener, earlier) = state.withLock { state in
      state.opened += 1
      let listener = Listener(number: state.opened, wakes: stream, continuation: continuation)
      return (listener, state.listeners.updateValue(listener, forKey: address))
    }
    earlier?.continuation.finish()
    continuation.yield()
    return listener
  }

  func close(_ listener: Listener, of address: DeviceAddress) {
    listener.continuation.finish()
    state.withLock { state in
      if state.listeners[address]?.number == listener.number { state.listeners[address] = nil }
    }
  }

  /// False if the device is not connected.
  @discardableResult
  func wake(_ address: DeviceAddress) -> Bool {
    let listener = state.withLock { $0.listeners[address] }
    listener?.continuation.yield()
    return listener != nil
  }

  /// Ends the connections of an account, or of one device of it, whose passwords are no longer
  /// good.
  func hangUp(_ number: String, device: Int? = nil) {
    let ended = state.withLock { state in
      let ended = state.listeners.filter {
        $0.key.number == number && (device == nil || $0.key.device == device)
      }
      for address in ended.keys { state.listeners[address] = nil }
      return ended.values
    }
    for listener in ended { listener.continuation.finish() }
  }
}
