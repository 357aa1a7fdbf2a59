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

  /// Reads a signal and commits what it changes, itself included; nil if there is nothing to tell:
  /// it was read before, or is a receipt or of a type that is not known.
  func receive(_ signal: IncomingSignal) async throws(TextSecureError) -> ReceivedMessage? {
    try await alone { () async throws(TextSecureError) -> ReceivedMessage? in
      guard let step = try await self.step(for: signal) else { return nil }
      try await self.store.commit(step)
      return step.received
    }
  }

  private func step(for signal: IncomingSignal) async throws(TextSecureError) -> SessionStep? {
    switch signal.kind {
    case .ciphertext, .preKeyBundle: return try await decrypted(signal)
    case .plaintext:
      var step = SessionStep()
      do throws(TextSecureError) {
        step.received = ReceivedMessage(signal, .unencrypted(try PushContent(signal.message)))
      } catch {
        step.received = ReceivedMessage(signal, .unreadable(error))
      }
      return step
    case .keyExchange, .receipt, nil: return nil
    }
  }

  /// The identity is compared before anything is decrypted; an untrusted message changes nothing.
  private func decrypted(_ signal: IncomingSignal) async throws(TextSecureError) -> SessionStep? {
    var step = SessionStep()
    let message: CiphertextMessage
    do {
      message = try CiphertextMessage(envelopeType: signal.kind?.rawValue ?? 0, signal.message)
    } catch {
      step.received = ReceivedMessage(signal, .unreadable(.session(error)))
      return step
    }
    let number = signal.source.number
    var preKeys: [PreKey] = []
    if case .preKey(let first) = message {
      if let known = try await store.identity(of: number), known != first.identityKey {
        step.received = ReceivedMessage(
          signal, .untrusted(first.identityKey, signal: signal.serialized))
        return step
      }
      preKeys = try await candidates(for: first, from: number)
    }
    var record = try await store.session(with: signal.source) ?? SessionRecord()
    do throws(AxolotlError) {
      let decrypted = try decrypt(message, with: preKeys, in: &record)
      if case .preKey(let first) = message {
        step.identities[number] = first.identityKey
        step.baseKeys[number] = [first.startingKey]
      }
      step.spentPreKey = decrypted.spentPreKeyID
      step.received = ReceivedMessage(signal, SessionBook.outcome(decrypted.plaintext))
    } catch .duplicate {
      return nil
    } catch {
      step.received = ReceivedMessage(signal, .unreadable(.session(error)))
      return step
    }
    if step.received?.outcome == .sessionEnded {
      step.unsealedNumbers = [number]
      step.sessions = try await ended(try await store.devices(of: number), of: number)
      record.end()
    }
    step.sessions[signal.source] = record
    return step
  }

  /// Our prekeys that a first message may mean. None for one that starts a session which was started
  /// before: whoever says it again must not have it read again, even if the session is gone.
  private func candidates(
    for message: PreKeyWhisperMessage, from number: String
  ) async throws(TextSecureError) -> [PreKey] {
    guard try await !store.remembers(message.startingKey, of: number) else { return [] }
    var keys: [PreKey] = []
    if let key = try await store.preKey(message.preKeyID) { keys = [key] }
    // All last-resort keys have the same id.
    if message.preKeyID == PreKey.lastResortID { keys += try await store.retiredLastResortKeys() }
    return keys
  }

  /// Decrypts with the first of some prekeys that fits; the record is as before if none does.
  private func decrypt(
    _ message: CiphertextMessage, with preKeys: [PreKey], in record: inout SessionRecord
  ) throws(AxolotlError) -> DecryptedMessage {
    for key in preKeys.dropLast() {
      do throws(AxolotlError) {
        return try cipher.decrypt(message, preKey: key, in: &record)
      } catch .notAuthentic {
        continue
      }
    }
    return try cipher.decrypt(message, preKey: preKeys.last, in: &record)
  }

  private static func outcome(_ plaintext: [UInt8]) -> ReceivedMessage.Outcome {
    do throws(TextSecureError) {
      let content = try PushContent(plaintext)
      return content.endsSession ? .sessionEnded : .content(content)
    } catch {
      return .unreadable(error)
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
