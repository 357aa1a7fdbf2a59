import Cryptography

/// One session with one device: everything that must survive from message to message.
struct SessionState: Sendable, Equatable {
  /// How many of the other side's chains are kept for messages that come late
  /// (TextSecure protocol notes §1.7).
  static let maximumReceiverChains = 5

  /// Our chain: the ratchet key that goes with each message, and the next message's chain key.
  struct SenderChain: Sendable, Equatable {
    let ratchetKey: KeyPair
    var chainKey: ChainKey
  }

  let remoteIdentity: PublicKey
  /// 0 if it is not known.
  let remoteRegistrationID: UInt32
  /// The initiator's base key: it names the session.
  let baseKey: PublicKey
  var rootKey: RootKey
  var sender: SenderChain
  /// The last counter of the chain before.
  var previousCounter: UInt32
  /// The oldest first.
  var receivers: [ReceiverChain]
  /// The prekey with which we started the session: every message names it, and ``baseKey``, until the
  /// other side has answered.
  var pendingPreKeyID: UInt32?
  /// Whether it is over: what was on its way is still read, nothing is sent with it any more.
  var isEnded = false
}

/// The three-way agreement (TextSecure protocol notes §1.2 and §1.4).
///
/// Alice, who fetched a prekey, and Bob, whose prekey it is, agree on
/// DH(Alice's identity, prekey), DH(base key, Bob's identity), DH(base key, prekey).
extension SessionState {
  /// Alice's session, with a new base key and a new first ratchet key.
  static func initiated(
    with bundle: PreKeyBundle, identity: KeyPair, random: some RandomSource, curve: Curve
  ) throws(AxolotlError) -> SessionState {
    let base = KeyPair(random: random, curve: curve)
    let ratchetKey = KeyPair(random: random, curve: curve)
    let (root, chain) = RootKey.initial(
      SecretBytes(joining: [
        try curve.agree(identity, bundle.preKey), try curve.agree(base, bundle.identityKey),
        try curve.agree(base, bundle.preKey),
      ]))
    let turned = root.turned(try curve.agree(ratchetKey, bundle.preKey))
    return SessionState(
      remoteIdentity: bundle.identityKey, remoteRegistrationID: bundle.registrationID,
      baseKey: base.publicKey, rootKey: turned.root,
      sender: SenderChain(ratchetKey: ratchetKey, chainKey: turned.chain), previousCounter: 0,
      receivers: [ReceiverChain(ratchetKey: bundle.preKey, chainKey: chain)],
      pendingPreKeyID: bundle.preKeyID)
  }

  /// Bob's session. His prekey serves as his first ratchet key; the message turns it at once.
  static func answering(
    _ message: PreKeyWhisperMessage, preKey: KeyPair, identity: KeyPair, curve: Curve
  ) throws(AxolotlError) -> SessionState {
    let (root, chain) = RootKey.initial(
      SecretBytes(joining: [
        try curve.agree(preKey, message.identityKey), try curve.agree(identity, message.baseKey),
        try curve.agree(preKey, message.baseKey),
      ]))
    return SessionState(
      remoteIdentity: message.identityKey, remoteRegistrationID: message.registrationID,
      baseKey: message.baseKey, rootKey: root,
      sender: SenderChain(ratchetKey: preKey, chainKey: chain), previousCounter: 0,
      receivers: [], pendingPreKeyID: nil)
  }
}

extension SessionState {
  /// Encrypts the next message of our chain (TextSecure protocol notes §1.5).
  mutating func encrypt(_ plaintext: [UInt8]) -> WhisperMessage {
    let counter = sender.chainKey.index
    let (seed, next) = sender.chainKey.advance(HMACEngine(.sha256))
    sender.chainKey = next
    return WhisperMessage(
      ratchetKey: sender.ratchetKey.publicKey, counter: counter, previousCounter: previousCounter,
      encrypting: plaintext, with: MessageKeys(seed: seed))
  }

  /// The plaintext of a message of the other side; the state is as before if this throws.
  ///
  /// Throws ``AxolotlError/notAuthentic``, ``AxolotlError/duplicate``,
  /// ``AxolotlError/tooFarAhead(_:)``, ``AxolotlError/unusableKey``.
  mutating func decrypt(
    _ message: WhisperMessage, random: some RandomSource, curve: Curve
  ) throws(AxolotlError) -> [UInt8] {
    var changed = self
    let place = receivers.firstIndex { $0.ratchetKey == message.ratchetKey }
    if place == nil { try changed.addReceiver(message.ratchetKey, curve: curve) }
    let keys = try changed.receivers[place ?? changed.receivers.count - 1]
      .takeKeys(counter: message.counter)
    guard message.isAuthentic(keys) else { throw .notAuthentic }
    if place == nil {
      try changed.turnSender(to: message.ratchetKey, random: random, curve: curve)
    }
    changed.pendingPreKeyID = nil
    self = changed
    return message.plaintext(keys)
  }

  /// The other side has a new ratchet key: the first half of the turn, its chain the last.
  private mutating func addReceiver(
    _ ratchetKey: PublicKey, curve: Curve
  ) throws(AxolotlError) {
    let turned = rootKey.turned(try curve.agree(sender.ratchetKey, ratchetKey))
    rootKey = turned.root
    receivers.append(ReceiverChain(ratchetKey: ratchetKey, chainKey: turned.chain))
    receivers.removeFirst(max(0, receivers.count - SessionState.maximumReceiverChains))
  }

  /// The second half: we take a new ratchet key, too.
  private mutating func turnSender(
    to theirs: PublicKey, random: some RandomSource, curve: Curve
  ) throws(AxolotlError) {
    let ratchetKey = KeyPair(random: random, curve: curve)
    let turned = rootKey.turned(try curve.agree(ratchetKey, theirs))
    // Some clients of 2014 go one below zero here; others take the number at its word.
    previousCounter = max(sender.chainKey.index, 1) - 1
    rootKey = turned.root
    sender = SenderChain(ratchetKey: ratchetKey, chainKey: turned.chain)
  }
}

/// The messages that the other side sends under one of its ratchet keys.
struct ReceiverChain: Sendable, Equatable {
  /// How many messages may be missing before one, and how many seeds are kept for them
  /// (TextSecure protocol notes §1.7).
  static let maximumSkipped = 2000

  let ratchetKey: PublicKey
  private(set) var chainKey: ChainKey
  private(set) var skipped: SkippedSeeds

  init(ratchetKey: PublicKey, chainKey: ChainKey, skipped: SkippedSeeds = SkippedSeeds()) {
    self.ratchetKey = ratchetKey
    self.chainKey = chainKey
    self.skipped = skipped
  }

  /// Takes out the keys of a message, once; those of skipped messages before it are kept.
  ///
  /// Throws ``AxolotlError/duplicate``, ``AxolotlError/tooFarAhead(_:)``.
  mutating func takeKeys(counter: UInt32) throws(AxolotlError) -> MessageKeys {
    if counter < chainKey.index {
      guard let seed = skipped.take(counter) else { throw .duplicate }
      return MessageKeys(seed: seed)
    }
    let distance = Int(counter - chainKey.index)
    guard distance <= ReceiverChain.maximumSkipped else { throw .tooFarAhead(distance) }
    let hash = HMACEngine(.sha256)
    if distance > 0 {
      let first = chainKey.index
      var seeds: [SecretBytes] = []
      seeds.reserveCapacity(distance)
      for _ in 0..<distance {
        let (seed, next) = chainKey.advance(hash)
        seeds.append(seed)
        chainKey = next
      }
      skipped.append(seeds, from: first, limit: ReceiverChain.maximumSkipped)
    }
    let (seed, next) = chainKey.advance(hash)
    chainKey = next
    return MessageKeys(seed: seed)
  }
}
