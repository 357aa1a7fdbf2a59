import Synchronization

/// The kill switch as this process knows it, whatever the disk takes: what was halted here stays so
/// until it is resumed here.
package final class HaltSwitch: Sendable {
  private let state = Mutex(false)

  /// Whether no swap leaves.
  package var isOn: Bool { state.withLock { $0 } }

  package func turn(on isOn: Bool) { state.withLock { $0 = isOn } }
}
