import Cryptography
import Database
import Transport

/// Prekeys: uploaded in batches, handed out once each ("PUT /v1/keys/", "GET /v1/keys/{number}").
extension RelayDesk {
  static let lastResort = 0xff_ffff
  private static let keyLimit = 1000

  /// Replaces all keys of the device.
  func putKeys(_ device: Device, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let body = try decode(KeysBody.self, from: request)
    guard let identity = body.lastResortKey.identityKey, isPublicKey(identity),
      body.lastResortKey.keyId.value == RelayDesk.lastResort, body.keys.count <= RelayDesk.keyLimit,
      Set(body.keys.map(\.keyId.value)).count == body.keys.count,
      body.keys.allSatisfy({ 0..<Int64(RelayDesk.lastResort) ~= $0.keyId.value }),
      (body.keys + [body.lastResortKey]).allSatisfy({ isPublicKey($0.publicKey) }),
      body.keys.allSatisfy({ $0.identityKey.map(isPublicKey) ?? true })
    else { throw Refusal.invalid }
    let rows = (body.keys + [body.lastResortKey]).map { (id: $0.keyId.value, key: $0.publicKey) }
    let address = device.address
    try await database.write { connection in
      try connection.execute(
        "UPDATE account SET identity_key = ? WHERE number = ?", [identity, address.number])
      try connection.execute(
        "DELETE FROM prekey WHERE number = ? AND device = ?", [address.number, address.device])
      for row in rows {
        try connection.execute(
          "INSERT INTO prekey (number, device, id, public_key) VALUES (?, ?, ?, ?)",
          [address.number, address.device, row.id, row.key])
      }
    }
    return success()
  }

  /// How many are left, the last resort not counted.
  func countKeys(_ device: Device) async throws -> HTTPServer.Reply {
    let address = device.address
    let count = try await database.read { connection in
      try connection.first(
        "SELECT count(*) AS left FROM prekey WHERE number = ? AND device = ? AND id <> ?",
        [address.number, address.device, RelayDesk.lastResort]
      ) { try $0.get("left", as: Int.self) }
    }
    return json(CountAnswer(count: count ?? 0))
  }

  /// The document's form: one key, of the master device.
  func fetchKey(
    of number: String, _ device: Device, _ target: Target
  ) async throws
    -> HTTPServer.Reply
  {
    let keys = try await takeKeys(of: number, "\(DeviceAddress.master)", device, target)
    guard let key = keys.first else { throw Refusal.notFound }
    return json(key)
  }

  /// The form of real clients: the key of one device, or with `*` one key for each device.
  func fetchKeys(
    of number: String, device wanted: String, _ device: Device, _ target: Target
  ) async throws -> HTTPServer.Reply {
    let keys = try await takeKeys(of: number, wanted, device, target)
    guard !keys.isEmpty else { throw Refusal.notFound }
    return json(KeysAnswer(keys: keys))
  }

  /// Reads and uses up in one transaction, so that no key is handed out twice.
  private func takeKeys(
    of number: String, _ wanted: String, _ asking: Device, _ target: Target
  ) async throws -> [KeyAnswer] {
    guard wanted == "*" || Int(wanted) != nil else { throw Refusal.invalid }
    try limiter.take(.prekeys, "\(asking.address.number)__\(number).\(wanted)")
    try checkRelay(target.query["relay"])
    return try await database.write { connection in
      let identity: String?? = try connection.first(
        "SELECT identity_key FROM account WHERE number = ?", [number]
      ) { try $0.get("identity_key", as: String?.self) }
      guard case .some(.some(let identityKey)) = identity else { return [] }
      let devices = try connection.activeDevices(of: number)
        .filter { wanted == "*" || "\($0.address.device)" == wanted }
      return try devices.compactMap { try connection.takeKey(of: $0, identityKey) }
    }
  }

  private func isPublicKey(_ text: String) -> Bool {
    guard text.utf8.count == 44, let bytes = Base64.decode(text) else { return false }
    return bytes.count == 33 && bytes.first == 5
  }
}

extension Connection {
  /// The lowest key of a device, which is gone then unless it is the last resort.
  fileprivate func takeKey(of device: Device, _ identityKey: String) throws -> KeyAnswer? {
    let (number, id) = (device.address.number, device.address.device)
    let key = try first(
      "SELECT id, public_key FROM prekey WHERE number = ? AND device = ? ORDER BY id LIMIT 1",
      [number, id]
    ) { (id: try $0.get("id", as: Int.self), key: try $0.get("public_key", as: String.self)) }
    guard let key else { return nil }
    let isLast = key.id == RelayDesk.lastResort
    if !isLast {
      try execute(
        "DELETE FROM prekey WHERE number = ? AND device = ? AND id = ?", [number, id, key.id])
    }
    return KeyAnswer(
      deviceId: id, keyId: key.id, publicKey: key.key, identityKey: identityKey,
      registrationId: device.registrationID == 0 ? nil : device.registrationID,
      lastResort: isLast ? true : nil)
  }
}
