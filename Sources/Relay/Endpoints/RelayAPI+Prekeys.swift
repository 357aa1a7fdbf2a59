import Cryptography
import Database
import Transport

/// Prekeys: uploaded in batches, handed out once each ("PUT /v1/keys/", "GET /v1/keys/{number}").
extension RelayAPI {
  static let lastResort = 0xff_ffff
  private static let keyLimit = 1000
  private static let signatureSize = 64

  /// Replaces all keys of the device.
  func putKeys(_ device: Device, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let body = try decode(KeysBody.self, from: request)
    guard let identity = body.lastResortKey.identityKey,
      body.keys.allSatisfy({ $0.identityKey.map(isPublicKey) ?? true })
    else { throw RelayRefusal.invalid }
    try await keep(body.keys, body.lastResortKey, identity, signed: nil, of: device.address)
    return success()
  }

  /// The same with a key that the identity key has signed (`PUT /v2/keys`).
  func putBundle(_ device: Device, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let body = try decode(BundleBody.self, from: request)
    try await keep(
      body.preKeys, body.lastResortKey, body.identityKey, signed: body.signedPreKey,
      of: device.address)
    return success()
  }

  func putSignedKey(
    _ device: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    let key = try decode(SignedKey.self, from: request)
    try check(key)
    try await storage.database.write { try $0.keep(key, of: device.address) }
    return success()
  }

  func signedKey(_ device: Device) async throws -> HTTPServer.Reply {
    guard let key = try await storage.database.read({ try $0.signedKey(of: device.address) }) else {
      throw RelayRefusal.notFound
    }
    return json(key)
  }

  private func keep(
    _ keys: [KeysBody.Key], _ last: KeysBody.Key, _ identity: String, signed: SignedKey?,
    of address: DeviceAddress
  ) async throws {
    let all = keys + [last]
    guard isPublicKey(identity), last.keyId.value == RelayAPI.lastResort,
      keys.count <= RelayAPI.keyLimit, Set(keys.map(\.keyId.value)).count == keys.count,
      keys.allSatisfy({ 0..<Int64(RelayAPI.lastResort) ~= $0.keyId.value }),
      all.allSatisfy({ isPublicKey($0.publicKey) })
    else { throw RelayRefusal.invalid }
    if let signed { try check(signed) }
    let rows = all.map { (id: $0.keyId.value, key: $0.publicKey) }
    let isNew = try await storage.database.write { connection in
      try connection.execute(
        "UPDATE account SET identity_key = ? WHERE number = ? AND identity_key IS NULL",
        [identity, address.number])
      let isNew = connection.changes > 0
      try connection.execute(
        "UPDATE account SET identity_key = ? WHERE number = ?", [identity, address.number])
      try connection.execute(
        "DELETE FROM prekey WHERE number = ? AND device = ?", [address.number, address.device])
      try connection.keep(signed, of: address)
      for row in rows {
        try connection.execute(
          "INSERT INTO prekey (number, device, id, public_key) VALUES (?, ?, ?, ?)",
          [address.number, address.device, row.id, row.key])
      }
      return isNew
    }
    if isNew { events.yield(.joined(number: address.number)) }
  }

  /// How many are left, the last resort not counted.
  func countKeys(_ device: Device) async throws -> HTTPServer.Reply {
    let address = device.address
    let count = try await storage.database.read { connection in
      try connection.first(
        "SELECT count(*) AS left FROM prekey WHERE number = ? AND device = ? AND id <> ?",
        [address.number, address.device, RelayAPI.lastResort]
      ) { try $0.get("left", as: Int.self) }
    }
    return json(CountAnswer(count: count ?? 0))
  }

  /// The document's form: one key, of the master device.
  func fetchKey(
    of number: String, _ requester: Requester, relay: String?
  ) async throws -> HTTPServer.Reply {
    guard let key = try await keys(of: number, "\(DeviceAddress.master)", requester, relay).first
    else {
      throw RelayRefusal.notFound
    }
    return json(key)
  }

  /// The form of real clients: the key of one device, or with `*` one key for each device.
  func fetchKeys(
    of number: String, device wanted: String, _ requester: Requester, relay: String?
  ) async throws -> HTTPServer.Reply {
    let keys = try await keys(of: number, wanted, requester, relay)
    guard !keys.isEmpty else { throw RelayRefusal.notFound }
    return json(KeysAnswer(keys: keys))
  }

  /// The form of later clients (`/v2/keys/{number}/{device}`), for devices that have a signed key.
  func fetchBundles(
    of number: String, device wanted: String, _ requester: Requester, relay: String?
  ) async throws -> HTTPServer.Reply {
    // Relays pass on the document's keys to each other, and no signed ones.
    guard try peer(named: relay) == nil else { throw RelayRefusal.notFound }
    let found = try await take(of: number, wanted, requester) { connection, device, identity in
      guard let signed = try connection.signedKey(of: device.address) else {
        return BundlesAnswer.Device?.none
      }
      let key = try connection.takeKey(of: device, identity)
      return BundlesAnswer.Device(
        deviceId: device.address.device, registrationId: device.registrationID,
        preKey: key.map { BundlesAnswer.Key(keyId: $0.keyId, publicKey: $0.publicKey) },
        signedPreKey: signed)
    }
    guard let found, !found.values.isEmpty else { throw RelayRefusal.notFound }
    return json(BundlesAnswer(identityKey: found.identity, devices: found.values))
  }

  private func keys(
    of number: String, _ wanted: String, _ requester: Requester, _ relay: String?
  ) async throws -> [KeyAnswer] {
    if let peer = try peer(named: relay) {
      guard PhoneNumber.isValid(number) else { throw RelayRefusal.notFound }
      try checkDevice(wanted)
      try ration(number, wanted, requester)
      let call = FederatedCall.keys(number: number, device: wanted)
      return try await federation.ask(KeysAnswer.self, peer, call).keys
    }
    return try await take(of: number, wanted, requester) { try $0.takeKey(of: $1, $2) }?.values
      ?? []
  }

  /// Reads and uses up in one transaction, so that no key is handed out twice.
  private func take<Key: Sendable>(
    of number: String, _ wanted: String, _ requester: Requester,
    _ key: @escaping @Sendable (Connection, Device, String) throws -> Key?
  ) async throws -> (identity: String, values: [Key])? {
    try checkDevice(wanted)
    try ration(number, wanted, requester)
    return try await storage.database.write { connection in
      let identity: String?? = try connection.first(
        "SELECT identity_key FROM account WHERE number = ?", [number]
      ) { try $0.get("identity_key", as: String?.self) }
      guard case .some(.some(let identityKey)) = identity else { return nil }
      let devices = try connection.activeDevices(of: number)
        .filter { wanted == "*" || "\($0.address.device)" == wanted }
      return (identityKey, try devices.compactMap { try key(connection, $0, identityKey) })
    }
  }

  private func checkDevice(_ wanted: String) throws(RelayRefusal) {
    guard wanted == "*" || Int(wanted) != nil else { throw .invalid }
  }

  private func ration(
    _ number: String, _ wanted: String, _ requester: Requester
  ) throws(RelayRefusal) {
    switch requester {
    case .device(let device): try limiter.charge(.prekeys, "\(device.number)__\(number).\(wanted)")
    case .peer(let name): try limiter.charge(.peerPrekeys, "\(name)__\(number).\(wanted)")
    }
  }

  private func check(_ key: SignedKey) throws(RelayRefusal) {
    guard isPublicKey(key.publicKey), 0...RelayAPI.lastResort ~= key.keyId,
      Base64.decode(key.signature)?.count == RelayAPI.signatureSize
    else { throw .invalid }
  }

  private func isPublicKey(_ text: String) -> Bool {
    guard text.utf8.count == 44, let bytes = Base64.decode(text) else { return false }
    return bytes.count == 33 && bytes.first == 5
  }
}

extension Connection {
  fileprivate func keep(_ key: SignedKey?, of address: DeviceAddress) throws {
    try execute(
      """
      UPDATE device SET signed_key_id = ?, signed_key = ?, signature = ?
      WHERE number = ? AND id = ?
      """, [key?.keyId, key?.publicKey, key?.signature, address.number, address.device])
  }

  fileprivate func signedKey(of address: DeviceAddress) throws -> SignedKey? {
    try first(
      """
      SELECT signed_key_id, signed_key, signature FROM device
      WHERE number = ? AND id = ? AND signed_key IS NOT NULL
      """, [address.number, address.device]
    ) {
      SignedKey(
        keyId: try $0.get("signed_key_id"), publicKey: try $0.get("signed_key"),
        signature: try $0.get("signature"))
    }
  }

  /// The lowest key of a device, which is gone then unless it is the last resort.
  fileprivate func takeKey(of device: Device, _ identityKey: String) throws -> KeyAnswer? {
    let (number, id) = (device.address.number, device.address.device)
    let key = try first(
      "SELECT id, public_key FROM prekey WHERE number = ? AND device = ? ORDER BY id LIMIT 1",
      [number, id]
    ) { (id: try $0.get("id", as: Int.self), key: try $0.get("public_key", as: String.self)) }
    guard let key else { return nil }
    let isLast = key.id == RelayAPI.lastResort
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

/// Who asks for something: a device of ours, or another relay for one of its own.
enum Requester: Sendable {
  case device(DeviceAddress)
  case peer(String)
}
