import Axolotl
import Database
import Domain
import Storage
import TextSecure
import TextSecureService

/// The console's store behind the sessions: each step is a transaction that is on the disk when it
/// returns, with the message as a line of its chat.
struct DurableStore: SessionStore {
  let store: Store

  private static func address(_ address: DeviceAddress) -> TextSecureAddress {
    TextSecureAddress(number: address.number, device: Int64(address.device))
  }

  func identity(of number: String) async throws(TextSecureError) -> PublicKey? {
    guard let identity = try await kept({ try await store.secure.peer(number) })?.identity else {
      return nil
    }
    return try session { () throws(AxolotlError) in try PublicKey(identity) }
  }

  func session(with address: DeviceAddress) async throws(TextSecureError) -> SessionRecord? {
    let bytes = try await kept { try await store.secure.session(DurableStore.address(address)) }
    guard let bytes else { return nil }
    return try session { () throws(AxolotlError) in try SessionRecord(serialized: bytes) }
  }

  func devices(of number: String) async throws(TextSecureError) -> [UInt32] {
    try await kept { try await store.secure.devices(of: number) }.map(UInt32.init)
  }

  func preKey(_ id: UInt32) async throws(TextSecureError) -> PreKey? { nil }
  func retiredLastResortKeys() async throws(TextSecureError) -> [PreKey] { [] }
  func lastResortMadeAt() async throws(TextSecureError) -> Int64? { nil }
  func remembers(_ key: BaseKey, of number: String) async throws(TextSecureError) -> Bool {
    try await kept {
      try await store.secure.remembers(
        StartingKey(
          number: number, identity: key.identity.serialized, baseKey: key.key.serialized))
    }
  }
  func nextPreKeyID() async throws(TextSecureError) -> UInt32? { nil }
  func sealed(_ id: DispatchID) async throws(TextSecureError) -> SealedMessage? { nil }

  func commit(_ step: SessionStep) async throws(TextSecureError) {
    var record = TextSecureStep()
    record.identities = step.identities.mapValues(\.serialized)
    for (address, session) in step.sessions {
      record.sessions[DurableStore.address(address)] = session.serialized
    }
    for (number, keys) in step.baseKeys {
      record.startingKeys += keys.map {
        StartingKey(
          number: number, identity: $0.identity.serialized, baseKey: $0.key.serialized)
      }
    }
    if let received = step.received, case .content(let content) = received.outcome {
      let chat = ChatID(.textsecure, received.source.number)
      let moment = Int64(clamping: received.timestamp)
      record.arrival = TextSecureArrival(
        number: received.source.number, relay: nil, at: moment,
        dialog: ChatRecord(
          chat: chat, service: .textsecure, kind: .dialog, title: received.source.number),
        message: MessageRecord(chat: chat, id: "", at: moment, text: content.body ?? ""),
        comesOnce: true)
    }
    let whole = record
    _ = try await kept { try await store.secure.commit(whole) }
  }

  private func kept<Value>(
    _ work: () async throws -> Value
  ) async throws(TextSecureError) -> Value {
    do { return try await work() } catch { throw .store("\(error)") }
  }

  private func session<Value>(
    _ read: () throws(AxolotlError) -> Value
  ) throws(TextSecureError) -> Value {
    do throws(AxolotlError) { return try read() } catch { throw .session(error) }
  }
}
