import Cryptography

/// One device's end of its sessions: makes them, encrypts and decrypts with them.
///
/// Every call takes a record and leaves it changed, or unchanged if it throws. What is in the record
/// must be stored before a message is sent, and together with a message that was decrypted.
public struct SessionCipher: Sendable {
  private let identity: KeyPair
  private let registrationID: UInt32
  private let random: any RandomSource
  private let curve: Curve

  /// - Parameters:
  ///   - identity: The device's identity key pair.
  ///   - registrationID: The device's registration id.
  ///   - random: Where new keys come from.
  public init(identity: KeyPair, registrationID: UInt32, random: any RandomSource) {
    self.init(identity: identity, registrationID: registrationID, random: random, curve: .x25519)
  }

  init(identity: KeyPair, registrationID: UInt32, random: any RandomSource, curve: Curve) {
    self.identity = identity
    self.registrationID = registrationID
    self.random = random
    self.curve = curve
  }

  /// Starts a session with a device from what the server has of it; one in use is archived.
  ///
  /// The caller has decided to trust the bundle's identity key. Throws
  /// ``AxolotlError/unusableKey``.
  public func startSession(
    with bundle: PreKeyBundle, in record: inout SessionRecord
  ) throws(AxolotlError) {
    record.use(
      try SessionState.initiated(with: bundle, identity: identity, random: random, curve: curve))
  }

  /// Encrypts for the device; until it has answered, each message can start the session.
  ///
  /// Throws ``AxolotlError/noSession``, ``AxolotlError/tooLong(_:)``.
  public func encrypt(
    _ plaintext: [UInt8], in record: inout SessionRecord
  ) throws(AxolotlError) -> CiphertextMessage {
    guard plaintext.count <= WhisperMessage.maximumPlaintext else {
      throw .tooLong(plaintext.count)
    }
    guard var state = record.current else { throw .noSession }
    let message = state.encrypt(plaintext)
    record.current = state
    guard let preKeyID = state.pendingPreKeyID else { return .whisper(message) }
    return .preKey(
      PreKeyWhisperMessage(
        registrationID: registrationID, preKeyID: preKeyID, baseKey: state.baseKey,
        identityKey: identity.publicKey, message: message))
  }

  /// Decrypts a message of the device.
  ///
  /// - Parameters:
  ///   - message: For one that starts a session, the caller has decided to trust its identity key.
  ///   - preKey: Of such a message, our prekey of the id that it names; nil if there is none, and nil
  ///     if its base key was seen before: it starts no session then.
  ///   - record: The sessions with the device.
  ///
  /// Throws every ``AxolotlError`` but `malformed`, `unsupportedVersion` and `tooLong`.
  public func decrypt(
    _ message: CiphertextMessage, preKey: PreKey? = nil, in record: inout SessionRecord
  ) throws(AxolotlError) -> DecryptedMessage {
    switch message {
    case .whisper(let message): try decrypt(message, in: &record)
    case .preKey(let message): try decrypt(message, preKey: preKey, in: &record)
    }
  }

  /// Our prekey is gone when a session was made with it; the last-resort key never is. A message that
  /// comes again must not start its session anew and so forget what was read: its base key tells.
  private func decrypt(
    _ message: PreKeyWhisperMessage, preKey: PreKey?, in record: inout SessionRecord
  ) throws(AxolotlError) -> DecryptedMessage {
    guard !record.knows(baseKey: message.baseKey, of: message.identityKey) else {
      return try decrypt(message.message, in: &record)
    }
    guard let preKey, preKey.id == message.preKeyID else {
      guard !record.isEmpty else { throw .unknownPreKey(message.preKeyID) }
      return try decrypt(message.message, in: &record)
    }
    var state = try SessionState.answering(
      message, preKey: preKey.keyPair, identity: identity, curve: curve)
    let plaintext = try state.decrypt(message.message, random: random, curve: curve)
    record.use(state)
    return DecryptedMessage(
      plaintext: plaintext, senderIdentity: message.identityKey,
      spentPreKeyID: preKey.isLastResort ? nil : preKey.id)
  }

  /// Tries the session in use, then those before it, the newest first.
  private func decrypt(
    _ message: WhisperMessage, in record: inout SessionRecord
  ) throws(AxolotlError) -> DecryptedMessage {
    guard var state = record.current else {
      guard let found = try decryptArchived(message, in: &record) else { throw .noSession }
      return found
    }
    do {
      let plaintext = try state.decrypt(message, random: random, curve: curve)
      record.current = state
      return DecryptedMessage(plaintext: plaintext, senderIdentity: state.remoteIdentity)
    } catch {
      guard error != .duplicate else { throw error }
      guard let found = try decryptArchived(message, in: &record) else { throw error }
      return found
    }
  }

  private func decryptArchived(
    _ message: WhisperMessage, in record: inout SessionRecord
  ) throws(AxolotlError) -> DecryptedMessage? {
    for (index, archived) in record.archived.enumerated() {
      var state = archived
      do {
        let plaintext = try state.decrypt(message, random: random, curve: curve)
        record.revive(index, as: state)
        return DecryptedMessage(plaintext: plaintext, senderIdentity: state.remoteIdentity)
      } catch .duplicate {
        throw .duplicate
      } catch {
        continue
      }
    }
    return nil
  }
}

/// What came out of a message.
public struct DecryptedMessage: Sendable, Equatable {
  public let plaintext: [UInt8]
  /// The identity that the session was made with. A late message of an older session may have another
  /// than the contact has now.
  public let senderIdentity: PublicKey
  /// The prekey that the message has used up, to be deleted in the transaction that stores the
  /// session; nil if there is none. The last-resort key is never used up.
  public let spentPreKeyID: UInt32?

  init(plaintext: [UInt8], senderIdentity: PublicKey, spentPreKeyID: UInt32? = nil) {
    self.plaintext = plaintext
    self.senderIdentity = senderIdentity
    self.spentPreKeyID = spentPreKeyID
  }
}
