/// Where accounts are signed in, and how often that was tried (OneMe notes §2.5, §2.6).
/// All times are wall-clock milliseconds.
struct DeviceRegistry: Sendable {
  struct Device: Sendable, Codable {
    let account: Int64
    let client: String
    let info: String
    var time: Int64
  }

  /// By token.
  private var devices: [String: Device] = [:]
  private var logins: [String: [Int64]] = [:]
  private var sends: [Int64: [Int64]] = [:]

  /// Accounts that have been signed in at least once.
  private(set) var visitors: Set<Int64> = []
  /// What is to be kept.
  var changes = ChangeLog()

  mutating func restore(_ kept: KeptWorld) {
    for record in kept[.device] { devices[record.key] = record.decoded(as: Device.self) }
    visitors.formUnion(kept[.visitor].compactMap { Int64($0.key) })
  }

  mutating func register(_ device: Device, token: String) {
    devices[token] = device
    visitors.insert(device.account)
    changes.note(.device, token, device)
    changes.note(.visitor, "\(device.account)", bytes: [])
  }

  mutating func forget(token: String) {
    devices[token] = nil
    changes.note(.device, token, bytes: nil)
  }

  /// The account's devices, the one of `token` first, then by time.
  func devices(of account: Int64, current token: String) -> [(isCurrent: Bool, Device)] {
    devices.filter { $0.value.account == account }
      .map { ($0.key == token, $0.value) }
      .sorted { ($1.0 ? 1 : 0, $1.1.time) < ($0.0 ? 1 : 0, $0.1.time) }
  }

  /// The account's tokens but `token`.
  func otherTokens(of account: Int64, than token: String) -> [String] {
    devices.filter { $0.value.account == account && $0.key != token }.keys.sorted()
  }

  /// Counts one more login with `token`; returns how many there were lately.
  mutating func countLogin(token: String, at now: Int64) -> Int {
    DeviceRegistry.count(&logins[token, default: []], at: now, within: MaxLimits.loginPeriod)
  }

  /// Counts one more message of `account`; returns how many there were lately.
  mutating func countSend(by account: Int64, at now: Int64) -> Int {
    DeviceRegistry.count(&sends[account, default: []], at: now, within: MaxLimits.sendPeriod)
  }

  private static func count(_ times: inout [Int64], at now: Int64, within period: Int64) -> Int {
    times.removeAll { $0 <= now - period }
    times.append(now)
    return times.count
  }
}
