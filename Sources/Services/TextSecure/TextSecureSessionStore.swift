import Accounts
import Axolotl
import Cryptography
import Database
import Domain
import Storage
import TextSecure

/// Where the sessions of TextSecure are kept: the console's store, each step one transaction with the
/// message it brings. Tells of the message once it is there.
struct TextSecureSessionStore: SessionStore {
  private let environment: AccountEnvironment
  private let records: TextSecureRecords
  private let used: UsedKeyEraser

  init(_ environment: AccountEnvironment, records: TextSecureRecords, used: UsedKeyEraser? = nil) {
    self.environment = environment
    self.records = records
    self.used = used ?? UsedKeyEraser(environment)
  }

  func identity(of number: String) async throws(TextSecureError) -> PublicKey? {
    let peer = try await read { store in try await store.secure.peer(number) }
    guard let identity = peer?.identity else { return nil }
    return try PublicKey(stored: identity)
  }

  func session(with address: DeviceAddress) async throws(TextSecureError) -> SessionRecord? {
    let record = try await read { store in
      try await store.secure.session(TextSecureAddress(address))
    }
    guard let record else { return nil }
    do throws(AxolotlError) {
      return try SessionRecord(serialized: record)
    } catch {
      throw .session(error)
    }
  }

  func devices(of number: String) async throws(TextSecureError) -> [UInt32] {
    try await read { store in try await store.secure.devices(of: number) }
      .compactMap { UInt32(exactly: $0) }
  }

  func preKey(_ id: UInt32) async throws(TextSecureError) -> PreKey? {
    guard
      let record = try await read({ store in try await store.secure.preKey(Int64(id)) })
    else { return nil }
    do throws(AxolotlError) {
      return PreKey(id: id, keyPair: try KeyPair(privateKey: record.privateKey))
    } catch {
      throw .session(error)
    }
  }

  func retiredLastResortKeys() async throws(TextSecureError) -> [PreKey] {
    let keys = try await read { store in try await store.secure.retiredLastResortKeys() }
    do throws(AxolotlError) {
      var preKeys: [PreKey] = []
      for key in keys {
        preKeys.append(
          PreKey(id: PreKey.lastResortID, keyPair: try KeyPair(privateKey: key)))
      }
      return preKeys
    } catch {
      throw .session(error)
    }
  }

  func lastResortMadeAt() async throws(TextSecureError) -> Int64? {
    try await read { store in try await store.secure.lastResortMadeAt() }
  }

  func remembers(_ key: BaseKey, of number: String) async throws(TextSecureError) -> Bool {
    try await read { store in
      try await store.secure.remembers(StartingKey(key, of: number))
    }
  }

  func nextPreKeyID() async throws(TextSecureError) -> UInt32? {
    try await read { store in try await store.secure.nextPreKeyId() }
      .flatMap { UInt32(exactly: $0) }
  }

  func sealed(_ id: DispatchID) async throws(TextSecureError) -> SealedMessage? {
    let bytes = try await read { store in
      try await store.secure.sealed(id.message, for: id.number)
    }
    guard let bytes else { return nil }
    return try SealedMessage(serialized: bytes)
  }

  func commit(_ step: SessionStep) async throws(TextSecureError) {
    let record = records.step(step)
    let news = try await read { store in try await store.secure.commit(record) }
    await used.note()
    environment.publish(news)
    for number in news.changedIdentities { environment.tell(.changed, of: number) }
  }

  private func read<Value: Sendable>(
    _ work: @Sendable (Store) async throws -> Value
  ) async throws(TextSecureError) -> Value {
    do {
      return try await work(environment.store)
    } catch {
      throw .store(UserError(storing: error).message)
    }
  }
}

extension PublicKey {
  /// A key as the store keeps it.
  package init(stored bytes: [UInt8]) throws(TextSecureError) {
    do throws(AxolotlError) { try self.init(bytes) } catch { throw .session(error) }
  }
}

extension StartingKey {
  package init(_ key: BaseKey, of number: String) {
    self.init(number: number, identity: key.identity.serialized, baseKey: key.key.serialized)
  }
}

extension TextSecureAddress {
  package init(_ address: DeviceAddress) {
    self.init(number: address.number, device: Int64(address.device))
  }
}
