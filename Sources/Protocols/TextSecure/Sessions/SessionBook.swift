import Axolotl
import Cryptography

/// The sessions of this device. Each change reads, steps and commits before the next begins: two
/// messages must never be encrypted with the same key.
public final class SessionBook: Sendable {
  let store: any SessionStore
  private let cipher: SessionCipher
  private let mutex = AsyncMutex()

  /// One for each account: two on the same store would take the same steps twice.
  public init(device: LocalDevice, store: any SessionStore, random: any RandomSource) {
    self.store = store
    cipher = SessionCipher(
      identity: device.identity, registrationID: device.registrationID, random: random)
  }

  /// Trusts `key` as the identity of `number` from now on: a person has decided so.
  ///
  /// Sessions with the identity before are forgotten: nothing more may be encrypted for it, and what
  /// it writes is not the contact's any more. What started them is remembered.
  public func accept(_ key: PublicKey, of number: String) async throws(TextSecureError) {
    try await alone { () async throws(TextSecureError) in
      var step = SessionStep()
      step.identities[number] = key
      step.endedNumbers = [number]
      for device in try await self.store.devices(of: number) {
        let address = DeviceAddress(number: number, device: device)
        guard let record = try await self.store.session(with: address) else { continue }
        step.baseKeys[number, default: []].formUnion(record.baseKeys)
      }
      try await self.store.commit(step)
    }
  }

  /// Ends the sessions with some devices, and forgets what was sealed under `id` for others than there
  /// are.
  func end(
    _ devices: [UInt32], of number: String, unsealing id: DispatchID?
  ) async throws(TextSecureError) {
    try await alone { () async throws(TextSecureError) in
      var step = SessionStep()
      if let id { step.unsealed = [id] }
      step.sessions = try await self.ended(devices, of: number)
      try await self.store.commit(step)
    }
  }

  /// Ends all sessions with a number.
  func endAll(of number: String) async throws(TextSecureError) {
    try await alone { () async throws(TextSecureError) in
      var step = SessionStep()
      step.sessions = try await self.ended(try await self.store.devices(of: number), of: number)
      step.unsealedNumbers = [number]
      try await self.store.commit(step)
    }
  }

  /// The sessions with these devices, ended.
  private func ended(
    _ devices: [UInt32], of number: String
  ) async throws(TextSecureError) -> [DeviceAddress: SessionRecord] {
    var sessions: [DeviceAddress: SessionRecord] = [:]
    for device in devices {
      let address = DeviceAddress(number: number, device: device)
      guard var record = try await store.session(with: address) else { continue }
      record.end()
      sessions[address] = record
    }
    return sessions
  }

  /// The devices of `number` that can be written to.
  public func devices(of number: String) async throws(TextSecureError) -> [UInt32] {
    var usable: [UInt32] = []
    for device in try await store.devices(of: number).sorted() {
      let record = try await store.session(with: DeviceAddress(number: number, device: device))
      if record?.hasSession == true { usable.append(device) }
    }
    return usable
  }

  /// Starts sessions with devices of `number`, whose identity is trusted if it is the known one, or
  /// the first. Throws ``TextSecureError/untrustedIdentity(number:key:)``.
  func start(
    _ bundles: [DeviceBundle], with number: String
  ) async throws(TextSecureError) {
    try await alone { () async throws(TextSecureError) in
      var known = try await self.store.identity(of: number)
      var step = SessionStep()
      for bundle in bundles {
        let key = bundle.bundle.identityKey
        if let known, known != key { throw .untrustedIdentity(number: number, key: key) }
        known = key
        let address = DeviceAddress(number: number, device: bundle.device)
        var record = try await self.store.session(with: address) ?? SessionRecord()
        do throws(AxolotlError) {
          try self.cipher.startSession(with: bundle.bundle, in: &record)
        } catch {
          throw .session(error)
        }
        step.sessions[address] = record
        step.identities[number] = key
      }
      try await self.store.commit(step)
    }
  }

  /// Encrypts for devices with which there are sessions; what is returned may be sent.
  ///
  /// - Parameter id: Under which name the message is kept until it is known to have arrived; nil for
  ///   one that need not outlive the process.
  func encrypt(
    _ plaintext: [UInt8], for devices: [UInt32], of number: String, as id: DispatchID?
  ) async throws(TextSecureError) -> SealedMessage {
    try await alone { () async throws(TextSecureError) -> SealedMessage in
      var step = SessionStep()
      var messages: [OutgoingMessage] = []
      for device in devices {
        let address = DeviceAddress(number: number, device: device)
        var record = try await self.store.session(with: address) ?? SessionRecord()
        do throws(AxolotlError) {
          let message = try self.cipher.encrypt(plaintext, in: &record)
          messages.append(
            OutgoingMessage(
              device: device, registrationID: record.remoteRegistrationID, message: message))
        } catch {
          throw .session(error)
        }
        step.sessions[address] = record
      }
      let sealed = SealedMessage(messages)
      if let id { step.sealed[id] = sealed }
      try await self.store.commit(step)
      return sealed
    }
  }

  /// Reads signals that came together and commits what they change in one step, themselves included.
  ///
  /// One that cannot be read keeps none of the others from being read. Of one that was read before, or
  /// is a receipt or of a type that is not known, there is nothing to tell.
  func receive(
    _ signals: [IncomingSignal]
  ) async throws(TextSecureError) -> [ReceivedMessage] {
    try await alone { () async throws(TextSecureError) -> [ReceivedMessage] in
      var batch = ReceivedBatch(self.store, self.cipher)
      for signal in signals { try await batch.take(signal) }
      guard !batch.step.received.isEmpty else { return [] }
      try await self.store.commit(batch.step)
      return batch.step.received
    }
  }

  private func alone<Value: Sendable>(
    _ work: @Sendable () async throws(TextSecureError) -> Value
  ) async throws(TextSecureError) -> Value {
    await mutex.enter()
    do throws(TextSecureError) {
      let value = try await work()
      await mutex.leave()
      return value
    } catch {
      await mutex.leave()
      throw error
    }
  }
}

/// Lets one task through at a time, in the order of their coming.
actor AsyncMutex {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    guard isTaken else {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
