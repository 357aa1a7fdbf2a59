import Axolotl
import Cryptography

/// A device's keys as the relay gives them out.
public struct DeviceBundle: Sendable, Equatable {
  public let device: UInt32
  public let bundle: PreKeyBundle

  public init(device: UInt32, bundle: PreKeyBundle) {
    self.device = device
    self.bundle = bundle
  }
}

extension RelayClient {
  /// Whose keys are asked for.
  public enum KeySelection: Sendable, Equatable {
    /// The first device's, as in the seed.
    case primary
    /// Those of one device.
    case device(UInt32)
    /// One key of each active device.
    case every
  }

  private struct UploadedKey: Encodable {
    let keyId: UInt32
    let publicKey: String
    let identityKey: String

    init(_ key: PreKey, _ identity: PublicKey) {
      keyId = key.id
      publicKey = Base64.encode(key.keyPair.publicKey.serialized)
      identityKey = Base64.encode(identity.serialized)
    }
  }

  private struct Upload: Encodable {
    let lastResortKey: UploadedKey
    let keys: [UploadedKey]
  }

  private struct Count: Decodable { let count: WireInteger }

  private struct FetchedKey: Decodable {
    let deviceId: WireInteger?
    let keyId: WireInteger?
    let publicKey: String?
    let identityKey: String?
    let registrationId: WireInteger?

    var bundle: DeviceBundle {
      get throws(TextSecureError) {
        guard let publicKey = publicKey.flatMap({ Base64.decode($0) }),
          let identityKey = identityKey.flatMap({ Base64.decode($0) })
        else { throw .malformed("a contact without keys") }
        // The server leaves out what is 0.
        guard let preKeyID = UInt32(exactly: keyId?.value ?? 0) else {
          throw .malformed("a key id out of range")
        }
        do {
          return DeviceBundle(
            device: deviceId?.uint32 ?? DeviceAddress.primaryDevice,
            bundle: PreKeyBundle(
              registrationID: registrationId?.uint32 ?? 0, preKeyID: preKeyID,
              preKey: try PublicKey(publicKey), identityKey: try PublicKey(identityKey)))
        } catch {
          throw .session(error)
        }
      }
    }
  }

  private struct FetchedKeys: Decodable { let keys: [FetchedKey] }

  /// Replaces all of this device's keys on the relay (`PUT /v1/keys/`).
  public func upload(
    _ keys: [PreKey], lastResort: PreKey, identity: PublicKey
  ) async throws(TextSecureError) {
    let upload = Upload(
      lastResortKey: UploadedKey(lastResort, identity),
      keys: keys.map { UploadedKey($0, identity) })
    _ = try await call("PUT", "/v1/keys/", body: upload)
  }

  /// How many of this device's keys are left, the last-resort key aside (`GET /v1/keys`).
  public func remainingKeys() async throws(TextSecureError) -> Int {
    let answer = try await call("GET", "/v1/keys")
    return Int(clamping: try decode(Count.self, answer).count.value)
  }

  /// Keys for starting sessions (`GET /v1/keys/{number}`, `/{number}/{device}`, `/{number}/*`).
  ///
  /// Each call uses up a key of each device it returns. Throws ``TextSecureError/unregistered``.
  public func keys(
    of number: String, _ selection: KeySelection, relay: String? = nil
  ) async throws(TextSecureError) -> [DeviceBundle] {
    try DeviceAddress.check(number)
    let query = RelayClient.query(relay)
    var bundles: [DeviceBundle] = []
    switch selection {
    case .primary:
      let answer = try await call(
        "GET", "/v1/keys/\(number)\(query)", missing: .unregistered)
      bundles = [try decode(FetchedKey.self, answer).bundle]
    case .device(let id):
      let answer = try await call(
        "GET", "/v1/keys/\(number)/\(id)\(query)", missing: .unregistered)
      bundles = try bundlesOf(answer)
    case .every:
      let answer = try await call(
        "GET", "/v1/keys/\(number)/*\(query)", missing: .unregistered)
      bundles = try bundlesOf(answer)
    }
    guard !bundles.isEmpty else { throw .unregistered }
    return bundles
  }

  private func bundlesOf(_ answer: [UInt8]) throws(TextSecureError) -> [DeviceBundle] {
    var bundles: [DeviceBundle] = []
    for key in try decode(FetchedKeys.self, answer).keys.prefix(64) {
      bundles.append(try key.bundle)
    }
    return bundles
  }
}
