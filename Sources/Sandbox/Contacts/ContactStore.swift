import Axolotl
import TextSecure

/// What a contact remembers while the sandbox runs.
///
/// It keeps nobody's identity, and so trusts whoever registers a number: in the sandbox people come
/// back with new keys all the time, and a contact has nobody who could be asked.
actor ContactStore: SessionStore {
  private var sessions: [DeviceAddress: SessionRecord] = [:]
  private var preKeys: [UInt32: PreKey] = [:]
  private var next: UInt32?

  func identity(of number: String) -> PublicKey? { nil }
  func session(with address: DeviceAddress) -> SessionRecord? { sessions[address] }
  func devices(of number: String) -> [UInt32] {
    sessions.keys.filter { $0.number == number }.map(\.device)
  }
  func preKey(_ id: UInt32) -> PreKey? { preKeys[id] }
  func nextPreKeyID() -> UInt32? { next }
  /// Contacts do not send anew what they have sent.
  func sealed(_ id: DispatchID) -> SealedMessage? { nil }

  func commit(_ step: SessionStep) {
    sessions = sessions.filter {
      !step.endedDevices.contains($0.key) && !step.endedNumbers.contains($0.key.number)
    }
    sessions.merge(step.sessions) { $1 }
    for key in step.newPreKeys { preKeys[key.id] = key }
    if let spent = step.spentPreKey { preKeys[spent] = nil }
    if let id = step.nextPreKeyID { next = id }
  }
}
