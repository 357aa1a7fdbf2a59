import Axolotl
import TextSecure

/// What a contact remembers while the sandbox runs.
///
/// It keeps nobody's identity, and so trusts whoever registers a number: in the sandbox people come
/// back with new keys all the time, and a contact has nobody who could be asked.
actor ContactStore: SessionStore {
  private var sessions: [DeviceAddress: SessionRecord] = [:]
  private var preKeys: [UInt32: PreKey] = [:]
  private var lastResort: LastResortKey?
  private var baseKeys: [String: Set<BaseKey>] = [:]
  private var next: UInt32?

  func identity(of number: String) -> PublicKey? { nil }
  func session(with address: DeviceAddress) -> SessionRecord? { sessions[address] }
  func devices(of number: String) -> [UInt32] {
    sessions.keys.filter { $0.number == number }.map(\.device)
  }
  func preKey(_ id: UInt32) -> PreKey? {
    id == PreKey.lastResortID ? lastResort?.key : preKeys[id]
  }
  /// A sandbox does not live for as long as a key.
  func retiredLastResortKeys() -> [PreKey] { [] }
  func lastResortMadeAt() -> Int64? { lastResort?.madeAt }
  func remembers(_ key: BaseKey, of number: String) -> Bool {
    baseKeys[number]?.contains(key) == true
  }
  func nextPreKeyID() -> UInt32? { next }
  /// Contacts do not send anew what they have sent.
  func sealed(_ id: DispatchID) -> SealedMessage? { nil }

  func commit(_ step: SessionStep) {
    sessions = sessions.filter { !step.endedNumbers.contains($0.key.number) }
    sessions.merge(step.sessions) { $1 }
    for key in step.newPreKeys { preKeys[key.id] = key }
    if let key = step.newLastResort { lastResort = key }
    baseKeys.merge(step.baseKeys) { $0.union($1) }
    for spent in step.spentPreKeys { preKeys[spent] = nil }
    if let id = step.nextPreKeyID { next = id }
  }
}
