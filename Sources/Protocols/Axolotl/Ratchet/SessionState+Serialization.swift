import Cryptography

extension SessionState {
  private enum Field {
    static let remoteIdentity: UInt32 = 1
    static let remoteRegistrationID: UInt32 = 2
    static let baseKey: UInt32 = 3
    static let rootKey: UInt32 = 4
    static let senderPrivateKey: UInt32 = 5
    static let senderPublicKey: UInt32 = 6
    static let senderChainKey: UInt32 = 7
    static let senderIndex: UInt32 = 8
    static let previousCounter: UInt32 = 9
    static let receiver: UInt32 = 10
    static let pendingPreKeyID: UInt32 = 11
    static let isEnded: UInt32 = 12
  }

  /// The session in its stored form.
  var fields: ProtobufMessage {
    var fields = ProtobufMessage()
    fields.append(Field.remoteIdentity, remoteIdentity.serialized)
    fields.append(Field.remoteRegistrationID, remoteRegistrationID)
    fields.append(Field.baseKey, baseKey.serialized)
    fields.append(Field.rootKey, rootKey.key.revealed)
    fields.append(Field.senderPrivateKey, sender.ratchetKey.privateKey.revealed)
    fields.append(Field.senderPublicKey, sender.ratchetKey.publicKey.serialized)
    fields.append(Field.senderChainKey, sender.chainKey.key.revealed)
    fields.append(Field.senderIndex, sender.chainKey.index)
    fields.append(Field.previousCounter, previousCounter)
    for receiver in receivers { fields.append(Field.receiver, receiver.fields) }
    if let pendingPreKeyID { fields.append(Field.pendingPreKeyID, pendingPreKeyID) }
    if isEnded { fields.append(Field.isEnded, 1 as UInt32) }
    return fields
  }

  /// Reads the stored form; throws ``AxolotlError/malformed(_:)``.
  init(serialized: ArraySlice<UInt8>) throws(AxolotlError) {
    let fields = try ProtobufMessage(serialized, maximumSize: serialized.count)
    remoteIdentity = try fields.publicKey(Field.remoteIdentity)
    remoteRegistrationID = fields.uint32(Field.remoteRegistrationID) ?? 0
    baseKey = try fields.publicKey(Field.baseKey)
    rootKey = RootKey(key: try fields.secret(Field.rootKey))
    sender = SenderChain(
      ratchetKey: KeyPair(
        privateKey: try fields.secret(Field.senderPrivateKey),
        publicKey: try fields.publicKey(Field.senderPublicKey)),
      chainKey: ChainKey(
        key: try fields.secret(Field.senderChainKey), index: fields.uint32(Field.senderIndex) ?? 0))
    previousCounter = fields.uint32(Field.previousCounter) ?? 0
    receivers = []
    for receiver in fields.allBytes(Field.receiver).suffix(SessionState.maximumReceiverChains) {
      receivers.append(try ReceiverChain(serialized: receiver))
    }
    pendingPreKeyID = fields.uint32(Field.pendingPreKeyID)
    isEnded = fields.uint32(Field.isEnded) == 1
  }
}

extension ReceiverChain {
  private enum Field {
    static let ratchetKey: UInt32 = 1
    static let chainKey: UInt32 = 2
    static let index: UInt32 = 3
    /// Of each skipped message the counter (4 bytes, big-endian) and the seed (32 bytes).
    static let skipped: UInt32 = 4
    static let skippedSize = 36
  }

  fileprivate var fields: ProtobufMessage {
    var fields = ProtobufMessage()
    fields.append(Field.ratchetKey, ratchetKey.serialized)
    fields.append(Field.chainKey, chainKey.key.revealed)
    fields.append(Field.index, chainKey.index)
    var packed: [UInt8] = []
    packed.reserveCapacity(skipped.count * Field.skippedSize)
    for message in skipped {
      for shift in [24, 16, 8, 0] {
        packed.append(UInt8(truncatingIfNeeded: message.counter >> shift))
      }
      message.seed.withUnsafeBytes { packed += $0 }
    }
    if !packed.isEmpty { fields.append(Field.skipped, packed) }
    return fields
  }

  fileprivate init(serialized: ArraySlice<UInt8>) throws(AxolotlError) {
    let fields = try ProtobufMessage(serialized, maximumSize: serialized.count)
    var packed = fields.bytes(Field.skipped) ?? []
    guard
      packed.count % Field.skippedSize == 0,
      packed.count <= ReceiverChain.maximumSkipped * Field.skippedSize
    else { throw .malformed("a list of skipped messages") }
    var skipped: [Skipped] = []
    while !packed.isEmpty {
      let counter = packed.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      skipped.append(Skipped(counter: counter, seed: SecretBytes(packed.dropFirst(4).prefix(32))))
      packed = packed.dropFirst(Field.skippedSize)
    }
    self.init(
      ratchetKey: try fields.publicKey(Field.ratchetKey),
      chainKey: ChainKey(
        key: try fields.secret(Field.chainKey), index: fields.uint32(Field.index) ?? 0),
      skipped: skipped)
  }
}

extension ProtobufMessage {
  fileprivate func publicKey(_ number: UInt32) throws(AxolotlError) -> PublicKey {
    try PublicKey(bytes(number) ?? [])
  }

  fileprivate func secret(_ number: UInt32) throws(AxolotlError) -> SecretBytes {
    guard let bytes = bytes(number), bytes.count == 32 else { throw .malformed("a key") }
    return SecretBytes(bytes)
  }
}
