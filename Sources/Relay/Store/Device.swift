import Database

/// A device as the store has it.
struct Device: Sendable {
  let address: DeviceAddress
  let password: SaltedHash
  let signalingKey: [UInt8]
  /// 14 bits; 0 when the client did not say.
  let registrationID: Int
  let fetchesMessages: Bool
  var gcmID: String?
  var apnID: String?

  /// Whether messages can reach it. An account whose master device is inactive is as good as none.
  var isActive: Bool { fetchesMessages || gcmID != nil || apnID != nil }
}

extension Device: RowDecodable {
  init(row: borrowing Row) throws {
    address = DeviceAddress(number: try row.get("number"), device: try row.get("id"))
    password = SaltedHash(salt: try row.get("salt"), hash: try row.get("password_hash"))
    signalingKey = try row.get("signaling_key")
    registrationID = try row.get("registration_id")
    fetchesMessages = try row.get("fetches_messages")
    gcmID = try row.get("gcm_id")
    apnID = try row.get("apn_id")
  }
}

extension Connection {
  func device(_ address: DeviceAddress) throws -> Device? {
    try first(
      "SELECT * FROM device WHERE number = ? AND id = ?", [address.number, address.device])
  }

  /// The devices of an account that messages can reach, by id; none if the master cannot be.
  func activeDevices(of number: String) throws -> [Device] {
    let devices: [Device] = try query(
      "SELECT * FROM device WHERE number = ? ORDER BY id", [number])
    let active = devices.filter(\.isActive)
    return active.first?.address.device == DeviceAddress.master ? active : []
  }

  func insert(_ device: Device) throws {
    try execute(
      """
      INSERT INTO device (number, id, salt, password_hash, signaling_key, registration_id,
        fetches_messages) VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        device.address.number, device.address.device, device.password.salt, device.password.hash,
        device.signalingKey, device.registrationID, device.fetchesMessages,
      ])
  }
}
