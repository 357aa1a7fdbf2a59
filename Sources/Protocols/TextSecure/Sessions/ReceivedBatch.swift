import Axolotl

/// Messages that came together while they are read: what one changes, the next one finds, though it is
/// stored only with all of them.
struct ReceivedBatch {
  private let store: any SessionStore
  private let cipher: SessionCipher
  /// What is to be stored.
  private(set) var step = SessionStep()
  /// Sessions as the messages so far have left them.
  private var sessions: [DeviceAddress: SessionRecord] = [:]

  init(_ store: any SessionStore, _ cipher: SessionCipher) {
    self.store = store
    self.cipher = cipher
  }

  /// Reads one more. What cannot be decrypted changes nothing but that it has come; throws if the store
  /// cannot be read.
  mutating func take(_ signal: IncomingSignal) async throws(TextSecureError) {
    switch signal.kind {
    case .ciphertext, .preKeyBundle:
      do throws(TextSecureError) {
        try await decrypt(signal)
      } catch .session(let flaw) {
        note(signal, .unreadable(.session(flaw)))
      }
    case .plaintext:
      do throws(TextSecureError) {
        note(signal, .unencrypted(try PushContent(signal.message)))
      } catch {
        note(signal, .unreadable(error))
      }
    case .keyExchange, .receipt, nil: break
    }
  }

  private mutating func note(_ signal: IncomingSignal, _ outcome: ReceivedMessage.Outcome) {
    step.received.append(ReceivedMessage(signal, outcome))
  }

  /// The identity is compared before anything is decrypted; an untrusted message changes nothing.
  private mutating func decrypt(_ signal: IncomingSignal) async throws(TextSecureError) {
    let message: CiphertextMessage
    do {
      message = try CiphertextMessage(envelopeType: signal.kind?.rawValue ?? 0, signal.message)
    } catch { throw .session(error) }
    let number = signal.source.number
    var preKeys: [PreKey] = []
    if case .preKey(let first) = message {
      if let known = try await identity(of: number), known != first.identityKey {
        return note(signal, .untrusted(first.identityKey, signal: signal.serialized))
      }
      preKeys = try await candidates(for: first, from: number)
    }
    var record = try await session(with: signal.source)
    let decrypted: DecryptedMessage
    do throws(AxolotlError) {
      decrypted = try decrypt(message, with: preKeys, in: &record)
    } catch .duplicate {
      return
    } catch { throw .session(error) }
    if case .preKey(let first) = message {
      step.identities[number] = first.identityKey
      step.baseKeys[number, default: []].insert(first.startingKey)
    }
    if let spent = decrypted.spentPreKeyID { step.spentPreKeys.insert(spent) }
    let outcome = ReceivedBatch.outcome(decrypted.plaintext)
    if outcome == .sessionEnded {
      step.unsealedNumbers.insert(number)
      try await endSessions(of: number)
      record.end()
    }
    keep(record, with: signal.source)
    note(signal, outcome)
  }

  private mutating func endSessions(of number: String) async throws(TextSecureError) {
    let stored = try await store.devices(of: number).map {
      DeviceAddress(number: number, device: $0)
    }
    for address in Set(stored).union(sessions.keys.filter { $0.number == number }) {
      var record = try await session(with: address)
      record.end()
      keep(record, with: address)
    }
  }

  private mutating func keep(_ record: SessionRecord, with address: DeviceAddress) {
    sessions[address] = record
    step.sessions[address] = record
  }

  // MARK: The store, as it will be

  private mutating func session(
    with address: DeviceAddress
  ) async throws(TextSecureError) -> SessionRecord {
    if let record = sessions[address] { return record }
    let record = try await store.session(with: address) ?? SessionRecord()
    sessions[address] = record
    return record
  }

  private func identity(of number: String) async throws(TextSecureError) -> PublicKey? {
    if let key = step.identities[number] { return key }
    return try await store.identity(of: number)
  }

  /// Our prekeys that a first message may mean. None for one that starts a session which was started
  /// before: whoever says it again must not have it read again, even if the session is gone.
  private func candidates(
    for message: PreKeyWhisperMessage, from number: String
  ) async throws(TextSecureError) -> [PreKey] {
    let (key, id) = (message.startingKey, message.preKeyID)
    if step.baseKeys[number]?.contains(key) == true { return [] }
    guard try await !store.remembers(key, of: number) else { return [] }
    var keys: [PreKey] = []
    if !step.spentPreKeys.contains(id), let key = try await store.preKey(id) { keys = [key] }
    // All last-resort keys have the same id.
    if id == PreKey.lastResortID { keys += try await store.retiredLastResortKeys() }
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
}
