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

  /// About how many bytes the stored form has: not fewer.
  var storedSize: Int {
    receivers.reduce(512) { $0 + $1.storedSize }
  }

  /// Writes the session in its stored form.
  func write(to output: inout [UInt8]) {
    output.append(field: Field.remoteIdentity, remoteIdentity)
    output.append(field: Field.remoteRegistrationID, UInt64(remoteRegistrationID))
    output.append(field: Field.baseKey, baseKey)
    output.append(field: Field.rootKey, revealing: rootKey.key)
    output.append(field: Field.senderPrivateKey, revealing: sender.ratchetKey.privateKey)
    output.append(field: Field.senderPublicKey, sender.ratchetKey.publicKey)
    output.append(field: Field.senderChainKey, revealing: sender.chainKey.key)
    output.append(field: Field.senderIndex, UInt64(sender.chainKey.index))
    output.append(field: Field.previousCounter, UInt64(previousCounter))
    for receiver in receivers {
      output.append(messageField: Field.receiver) { receiver.write(to: &$0) }
    }
    if let pendingPreKeyID { output.append(field: Field.pendingPreKeyID, UInt64(pendingPreKeyID)) }
    if isEnded { output.append(field: Field.isEnded, 1) }
  }

  /// Reads the stored form; throws ``AxolotlError/malformed(_:)``.
  init(serialized: UnsafeRawBufferPointer) throws(AxolotlError) {
    typealias Place = UnsafeRawBufferPointer
    var (identity, base, root): (Place?, Place?, Place?) = (nil, nil, nil)
    var (privateKey, publicKey, chainKey): (Place?, Place?, Place?) = (nil, nil, nil)
    var (registrationID, index, previous): (UInt32, UInt32, UInt32) = (0, 0, 0)
    var receivers: [ReceiverChain] = []
    var scanner = ProtobufScanner(serialized)
    while let field = try scanner.next() {
      switch field.number {
      case Field.remoteIdentity: identity = field.bytes ?? identity
      case Field.remoteRegistrationID: registrationID = field.uint32 ?? registrationID
      case Field.baseKey: base = field.bytes ?? base
      case Field.rootKey: root = field.bytes ?? root
      case Field.senderPrivateKey: privateKey = field.bytes ?? privateKey
      case Field.senderPublicKey: publicKey = field.bytes ?? publicKey
      case Field.senderChainKey: chainKey = field.bytes ?? chainKey
      case Field.senderIndex: index = field.uint32 ?? index
      case Field.previousCounter: previous = field.uint32 ?? previous
      case Field.receiver:
        if let chain = field.bytes { receivers.append(try ReceiverChain(serialized: chain)) }
      case Field.pendingPreKeyID: pendingPreKeyID = field.uint32 ?? pendingPreKeyID
      case Field.isEnded: isEnded = field.uint32.map { $0 == 1 } ?? isEnded
      default: continue
      }
    }
    remoteIdentity = try PublicKey(stored: identity)
    remoteRegistrationID = registrationID
    baseKey = try PublicKey(stored: base)
    rootKey = RootKey(key: try SecretBytes(storedKey: root))
    sender = SenderChain(
      ratchetKey: KeyPair(
        privateKey: try SecretBytes(storedKey: privateKey),
        publicKey: try PublicKey(stored: publicKey)),
      chainKey: ChainKey(key: try SecretBytes(storedKey: chainKey), index: index))
    previousCounter = previous
    receivers.removeFirst(max(0, receivers.count - SessionState.maximumReceiverChains))
    self.receivers = receivers
  }
}

extension ReceiverChain {
  private enum Field {
    static let ratchetKey: UInt32 = 1
    static let chainKey: UInt32 = 2
    static let index: UInt32 = 3
    /// As ``SkippedSeeds`` are kept.
    static let skipped: UInt32 = 4
  }

  /// About how many bytes the stored form has: not fewer.
  fileprivate var storedSize: Int {
    var size = 128
    skipped.withPacked { size += $0.count }
    return size
  }

  fileprivate func write(to output: inout [UInt8]) {
    output.append(field: Field.ratchetKey, ratchetKey)
    output.append(field: Field.chainKey, revealing: chainKey.key)
    output.append(field: Field.index, UInt64(chainKey.index))
    skipped.withPacked { output.append(field: Field.skipped, $0) }
  }

  fileprivate init(serialized: UnsafeRawBufferPointer) throws(AxolotlError) {
    var ratchetKey: UnsafeRawBufferPointer?
    var chainKey: UnsafeRawBufferPointer?
    var index: UInt32 = 0
    var skipped: UnsafeRawBufferPointer?
    var scanner = ProtobufScanner(serialized)
    while let field = try scanner.next() {
      switch field.number {
      case Field.ratchetKey: ratchetKey = field.bytes ?? ratchetKey
      case Field.chainKey: chainKey = field.bytes ?? chainKey
      case Field.index: index = field.uint32 ?? index
      case Field.skipped: skipped = field.bytes ?? skipped
      default: continue
      }
    }
    var seeds = SkippedSeeds()
    if let skipped {
      seeds = try SkippedSeeds(packed: skipped, limit: ReceiverChain.maximumSkipped)
    }
    self.init(
      ratchetKey: try PublicKey(stored: ratchetKey),
      chainKey: ChainKey(key: try SecretBytes(storedKey: chainKey), index: index), skipped: seeds)
  }
}

extension PublicKey {
  fileprivate init(stored bytes: UnsafeRawBufferPointer?) throws(AxolotlError) {
    try self.init(bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
  }
}

extension SecretBytes {
  /// A copy of a key of 32 bytes.
  fileprivate init(storedKey bytes: UnsafeRawBufferPointer?) throws(AxolotlError) {
    guard let bytes, bytes.count == 32 else { throw .malformed("a key") }
    self.init(bytes)
  }
}
