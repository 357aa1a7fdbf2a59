import Synchronization

/// The kill switch as this process knows it, whatever the disk takes: what was halted here stays so
/// until it is resumed here.
final class HaltSwitch: Sendable {
  private let state = Mutex(false)

  /// Whether no swap leaves.
  var isOn: Bool { state.withLock { $0 } }

  func turn(on isOn: Bool) { state.withLock { $0 = isOn } }
}
