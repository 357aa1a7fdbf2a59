import Synchronization

/// Which devices are connected, and how to tell them that something waits.
///
/// A device has one line: a second connection takes the place of the first.
final class ConnectedDevices: Sendable {
  /// Wakes the connection that delivers; ends when it should close.
  struct Line: Sendable {
    let number: Int
    let wakes: AsyncStream<Void>
    fileprivate let continuation: AsyncStream<Void>.Continuation
  }

  private struct State {
    var lines: [DeviceAddress: Line] = [:]
    var opened = 0
  }

  private let state = Mutex(State())

  /// A line that is awake at once, for what has queued up.
  func open(_ address: DeviceAddress) -> Line {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let (line, earlier) = state.withLock { state in
      state.opened += 1
      let line = Line(number: state.opened, wakes: stream, continuation: continuation)
      return (line, state.lines.updateValue(line, forKey: address))
    }
    earlier?.continuation.finish()
    continuation.yield()
    return line
  }

  func close(_ line: Line, of address: DeviceAddress) {
    line.continuation.finish()
    state.withLock { state in
      if state.lines[address]?.number == line.number { state.lines[address] = nil }
    }
  }

  /// False if the device is not connected.
  @discardableResult
  func wake(_ address: DeviceAddress) -> Bool {
    let line = state.withLock { $0.lines[address] }
    line?.continuation.yield()
    return line != nil
  }

  /// Ends the lines of an account, or of one device of it, whose passwords are no longer good.
  func hangUp(_ number: String, device: Int? = nil) {
    let ended = state.withLock { state in
      let ended = state.lines.filter {
        $0.key.number == number && (device == nil || $0.key.device == device)
      }
      for address in ended.keys { state.lines[address] = nil }
      return ended.values
    }
    for line in ended { line.continuation.finish() }
  }
}
