import Database

/// Whether a device comes for its messages by itself.
enum Fetching: Int, Sendable {
  /// It said no: it is reached by push or not at all.
  case never = 0
  case always = 1
  /// It did not say, as the document has it. Until it names a push id its messages wait for it.
  case unsaid = 2

  init(_ answer: Bool?) { self = answer.map { $0 ? .always : .never } ?? .unsaid }
}

/// A device as the store has it.
struct Device: Sendable {
  var address: DeviceAddress
  let password: SaltedHash
  let signalingKey: [UInt8]
  /// 14 bits; 0 when the client did not say.
  let registrationID: Int
  let fetching: Fetching
  /// What its owner calls it.
  let name: String?
  /// Milliseconds since 1970.
  let createdAt: Int64
  /// The day of its last connection, in milliseconds since 1970.
  var seenAt: Int64
  var gcmID: String?
  var apnID: String?
  /// Whether its connection last spoke protocol buffers.
  var speaksProtobuf = false

  /// Whether messages can reach it. An account whose master device is inactive is as good as none.
  var isActive: Bool { fetching != .never || gcmID != nil || apnID != nil }

  /// The beginning of the day (UTC) of a moment, both in milliseconds since 1970.
  static func day(of moment: Int64) -> Int64 { moment - moment % 86_400_000 }
}

extension Device: RowDecodable {
  init(row: borrowing Row) throws {
    address = DeviceAddress(number: try row.get("number"), device: try row.get("id"))
    password = SaltedHash(salt: try row.get("salt"), hash: try row.get("password_hash"))
    signalingKey = try row.get("signaling_key")
    registrationID = try row.get("registration_id")
    fetching = Fetching(rawValue: try row.get("fetches_messages")) ?? .always
    name = try row.get("name")
    createdAt = try row.get("created_at")
    seenAt = try row.get("seen_at")
    gcmID = try row.get("gcm_id")
    apnID = try row.get("apn_id")
    speaksProtobuf = try row.get("speaks_protobuf")
  }
}

extension Connection {
  func device(_ address: DeviceAddress) throws -> Device? {
    try first(
      "SELECT * FROM device WHERE number = ? AND id = ?", [address.number, address.device])
  }

  /// The devices of an account, by id.
  func devices(of number: String) throws -> [Device] {
    try query("SELECT * FROM device WHERE number = ? ORDER BY id", [number])
  }

  /// The devices of an account that messages can reach, by id; none if the master cannot be.
  func activeDevices(of number: String) throws -> [Device] {
    let active = try devices(of: number).filter(\.isActive)
    return active.first?.address.device == DeviceAddress.master ? active : []
  }

  func insert(_ device: Device) throws {
    try execute(
      """
      INSERT INTO device (number, id, salt, password_hash, signaling_key, registration_id,
        fetches_messages, name, created_at, seen_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        device.address.number, device.address.device, device.password.salt, device.password.hash,
        device.signalingKey, device.registrationID, device.fetching.rawValue, device.name,
        device.createdAt, device.seenAt,
      ])
  }
}
